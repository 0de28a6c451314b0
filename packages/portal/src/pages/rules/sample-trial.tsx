import { formatNames } from '@haidang/contracts/record-format'
import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Select, Textarea } from '../../components/field.tsx'
import { noErrors, submitted, text as textIn } from '../../components/form.ts'
import { Section } from '../../components/page.tsx'
import { SampleResult } from './sample-result.tsx'

interface SampleTrialProps {
  readonly path: string
  readonly text: string
}

/** Records pasted as a source sends them: which of them the text as it stands fires on, and why it does or does not. */
export function SampleTrial({ path, text }: SampleTrialProps) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const trial = useMutation({
    mutationFn: async (form: FormData) => {
      const samples = textIn(form, 'samples')
      const result = await api.ruleLibrary.test({
        body: { documents: [{ path, text }], samples, format: textIn(form, 'format') },
      })
      return { result, lines: samples.split(/\r?\n/), condition: conditionOf(text) }
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
      {trial.data ? <SampleResult {...trial.data} /> : null}
    </Section>
  )
}

/** The condition of a rule that has one, on one line. */
function conditionOf(text: string): string {
  const found = [...text.matchAll(/^[ \t{,-]*condition:[ \t]*([^\n#|>{]+)$/gm)]
  return found.length === 1 ? (found[0]?.[1]?.trim() ?? '') : ''
}
