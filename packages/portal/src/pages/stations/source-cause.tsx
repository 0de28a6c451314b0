import type { Source } from '@haidang/contracts/source'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'

/** Why a source does not send what it usually does, and since when; nothing for one that is well. What to do is told on pointing. */
export function SourceCause({ source }: { source: Source }) {
  const { label } = useWords()
  const { cause, cause_detail: detail, since, state } = source
  if (cause === null || state === 'paused') return null
  const told = [label('silenceRemedy', cause), detail].filter((text) => text !== '').join('\n')
  return (
    <span
      className={`truncate text-12 ${state === 'failed' ? 'text-critical' : 'text-ink-2'}`}
      title={told}
    >
      {label('silenceCause', cause)}
      {since ? (
        <>
          {' · '}
          <Time at={since} />
        </>
      ) : null}
    </span>
  )
}
