import type { SampleTestResult } from '@haidang/contracts/rule-library'
import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Select, Textarea } from '../../components/field.tsx'
import { noErrors, submitted, text as textIn } from '../../components/form.ts'
import { Matches } from '../../components/matches.tsx'
import { Section } from '../../components/page.tsx'
import { Pill } from '../../components/pill.tsx'
import { useWords } from '../../language/use-words.ts'
import { formatNames } from '../stations/source-words.ts'

interface SampleTrialProps {
  readonly path: string
  readonly text: string
}

const shownLines = 200

/** Records pasted as a source sends them: which of them the text as it stands fires on, and why. */
export function SampleTrial({ path, text }: SampleTrialProps) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const trial = useMutation({
    mutationFn: async (form: FormData) => {
      const samples = textIn(form, 'samples')
      const result = await api.ruleLibrary.test({
        body: { documents: [{ path, text }], samples, format: textIn(form, 'format') },
      })
      return { result, lines: samples.split(/\r?\n/) }
    },
  })
  return (
    <Section title={t`Thử trên bản ghi mẫu`}>
      <form onSubmit={submitted((form) => trial.mutate(form))} className="flex flex-col gap-3 pt-2">
        <ErrorSummary errors={noErrors} error={trial.error} />
        <Field
          label={t`Bản ghi mẫu`}
          help={t`Mỗi dòng một bản ghi, đúng như nguồn gửi. Không lưu lại.`}
        >
          <Textarea
            name="samples"
            required
            rows={5}
            wrap="off"
            spellCheck={false}
            maxLength={2_000_000}
            className="overflow-auto font-mono text-12"
          />
        </Field>
        <div className="flex items-end gap-2">
          <Field label={t`Định dạng`} className="flex-1">
            <Select name="format">
              <option value="auto">{t`Tự nhận biết`}</option>
              {Object.entries(formatNames).map(([format, name]) => (
                <option key={format} value={format}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
          <Button type="submit" refusal={refusal('rule.write')} busy={trial.isPending}>
            {t`Thử luật`}
          </Button>
        </div>
      </form>
      {trial.data ? <Result {...trial.data} /> : null}
    </Section>
  )
}

interface ResultProps {
  readonly result: SampleTestResult
  readonly lines: readonly string[]
}

function Result({ result, lines }: ResultProps) {
  const { t } = useLingui()
  const { number } = useWords()
  const hits = Map.groupBy(result.hits, ({ line }) => line ?? 0)
  const unreadable = new Map(result.unreadable.map(({ line, reason }) => [line, reason]))
  const shown = lines
    .map((text, index) => ({ text, line: index + 1 }))
    .filter(({ text }) => text.trim() !== '')
    .slice(0, shownLines)
  const errors = result.problems.filter(({ level }) => level === 'error')
  if (errors.length > 0) {
    return (
      <p role="alert" className="pt-3 font-medium text-critical">
        {t`Luật còn lỗi nên chưa thử được.`}
      </p>
    )
  }
  return (
    <div role="status" className="pt-3">
      <p className="font-semibold">
        {t`Nổ ${number(result.fired)} lần trên ${number(result.lines)} bản ghi`}
      </p>
      <ol className="max-h-96 divide-y divide-line overflow-y-auto">
        {shown.map(({ text, line }) => (
          <SampleLine
            key={line}
            line={line}
            text={text}
            matches={hits.get(line)?.flatMap((hit) => hit.matches)}
            reason={unreadable.get(line)}
          />
        ))}
      </ol>
    </div>
  )
}

interface SampleLineProps {
  readonly line: number
  readonly text: string
  readonly matches: SampleTestResult['hits'][number]['matches'] | undefined
  readonly reason: string | undefined
}

function SampleLine({ line, text, matches, reason }: SampleLineProps) {
  const { t } = useLingui()
  const id = useId()
  const [open, setOpen] = useState(line === 1)
  const verdict = matches ? (
    <Pill tone="high">{t`Nổ`}</Pill>
  ) : reason ? (
    <Pill tone="critical">{t`Không đọc được`}</Pill>
  ) : (
    <Pill>{t`Không nổ`}</Pill>
  )
  const head = (
    <>
      <span className="w-8 shrink-0 text-right font-mono text-12 text-ink-3">{line}</span>
      {verdict}
      <code className="min-w-0 truncate text-12 text-ink-2">{text}</code>
    </>
  )
  if (!matches) {
    return (
      <li className="py-1">
        <div className="flex min-h-7 items-center gap-2">{head}</div>
        {reason ? <p className="pl-10 text-12 text-critical">{reason}</p> : null}
      </li>
    )
  }
  return (
    <li className="py-1">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="flex min-h-7 w-full items-center gap-2 text-left hover:bg-hover"
      >
        {head}
      </button>
      <div id={id} hidden={!open} className="pb-2 pl-10">
        <Matches matches={matches} />
      </div>
    </li>
  )
}
