import { useLingui } from '@lingui/react/macro'

interface AnswerChoicesProps<A extends string> {
  readonly answers: readonly A[]
  /** Of each: its name, and what it means. */
  readonly words: Readonly<Record<A, readonly [string, string]>>
  /** undefined: none yet. */
  readonly chosen: A | undefined
  readonly onChoose: (answer: A) => void
}

/** What may be answered, one a line, large enough for a thumb. */
export function AnswerChoices<A extends string>({
  answers,
  words,
  chosen,
  onChoose,
}: AnswerChoicesProps<A>) {
  const { t } = useLingui()
  return (
    <fieldset className="flex flex-col divide-y divide-line border-y">
      <legend className="pb-1 font-semibold text-15">{t`Trả lời của đơn vị`}</legend>
      {answers.map((name) => (
        <label
          key={name}
          className="flex min-h-12 cursor-pointer items-center gap-3 px-2 py-1.5 hover:bg-hover"
        >
          <input
            type="radio"
            name="answer"
            className="size-4 shrink-0 accent-accent"
            checked={chosen === name}
            onChange={() => onChoose(name)}
          />
          <span>
            <span className="block font-medium">{words[name][0]}</span>
            <span className="block text-12 text-ink-2">{words[name][1]}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
