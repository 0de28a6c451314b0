import { type DrawnLadder, RungMark, rungState, rungs } from '../../components/ladder.tsx'
import { useWords } from '../../language/use-words.ts'

/** The ladder shrunk to one cell: the marks of all steps, and the word of the last. */
export function OrderSteps({ addressee }: { addressee: DrawnLadder }) {
  const { label } = useWords()
  return (
    <span className="inline-flex shrink-0 items-center gap-2">
      <span className="inline-flex gap-0.5 [&_svg]:size-2.5">
        {rungs.map((rung) => (
          <RungMark key={rung} state={rungState(addressee, rung)} />
        ))}
      </span>
      <span className="w-28 truncate text-12">{label('ladderStep', addressee.step)}</span>
    </span>
  )
}
