import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Acts } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input } from '../../components/field.tsx'
import { type Errors, submitted, text as textIn, useDraft } from '../../components/form.ts'
import { gutter, Section } from '../../components/page.tsx'
import { cn } from '../../theme/cn.ts'
import { LintProblems } from './lint-problems.tsx'
import { NumberedText } from './numbered-text.tsx'
import { SampleTrial } from './sample-trial.tsx'

/** What a person wrote; `forget` ends the draft kept in the browser. */
export interface RuleEdit {
  readonly text: string
  readonly reason: string
  readonly forget: () => void
}

interface RuleEditorProps {
  /** Names the draft kept in the browser. */
  readonly draft: string
  readonly path: string
  readonly text: string
  readonly act: string
  readonly errors: Errors
  readonly error: unknown
  readonly busy: boolean
  readonly onSave: (edit: RuleEdit) => void
}

const pauseMilliseconds = 400

/** A rule's text with what the lint says of it while it is written, and a trial on pasted records. */
export function RuleEditor(props: RuleEditorProps) {
  const { t } = useLingui()
  const missing = useRefusal()('rule.write')
  const form = useRef<HTMLFormElement>(null)
  const area = useRef<HTMLTextAreaElement>(null)
  const { forget } = useDraft(`rule.${props.draft}`, form)
  const [text, setText] = useState(props.text)
  // What the draft filled in after the page was drawn.
  useEffect(() => setText(area.current?.value ?? ''), [])
  const lint = useLint(props.path, text)
  const problems = lint.data?.problems ?? []
  const errors = problems.filter(({ level }) => level === 'error').length
  const isFresh = lint.isSuccess && lint.isCurrent
  const refusal = missing ?? (isFresh && errors > 0 ? t`Còn ${errors} lỗi trong luật` : undefined)
  const save = (fields: FormData) => {
    if (!refusal) props.onSave({ text, reason: textIn(fields, 'reason').trim(), forget })
  }
  return (
    <div className={cn('grid gap-x-10 gap-y-8 pb-16 xl:grid-cols-[minmax(0,1fr)_26rem]', gutter)}>
      <form
        ref={form}
        noValidate
        onSubmit={submitted(save)}
        className="flex min-w-0 flex-col gap-4"
      >
        <ErrorSummary
          errors={props.errors}
          error={props.error}
          names={{ text: t`Nội dung luật` }}
        />
        <Field label={t`Nội dung luật`}>
          <NumberedText
            ref={area}
            name="text"
            defaultValue={props.text}
            onText={setText}
            wrong={
              new Set(
                problems.flatMap(({ level, line }) => (level === 'error' && line ? [line] : [])),
              )
            }
          />
        </Field>
        <Field label={t`Lý do, thay đổi chính`} optional={t`không bắt buộc`}>
          <Input name="reason" maxLength={4000} />
        </Field>
        <Acts className="pt-0">
          <Button look="primary" type="submit" refusal={refusal} busy={props.busy}>
            {props.act}
          </Button>
          <Button look="quiet" onClick={() => window.history.back()}>
            {t`Thôi`}
          </Button>
        </Acts>
      </form>
      <div className="flex min-w-0 flex-col gap-8">
        <Section title={t`Kiểm tra`} count={isFresh ? undefined : t`đang kiểm tra…`}>
          <div aria-live="polite">
            {problems.length > 0 ? (
              <LintProblems problems={problems} onLine={(line, column) => go(line, column)} />
            ) : isFresh ? (
              <p className="py-2 font-medium text-good">{t`✓ Không thấy lỗi`}</p>
            ) : null}
          </div>
        </Section>
        <SampleTrial path={props.path} text={text} />
      </div>
    </div>
  )

  function go(line: number, column: number) {
    const element = area.current
    if (!element) return
    const start = element.value
      .split('\n')
      .slice(0, line - 1)
      .reduce((sum, each) => sum + each.length + 1, 0)
    element.focus()
    element.setSelectionRange(start + column - 1, start + column - 1)
    element.scrollTop = Math.max(
      0,
      (line - 5) * Number.parseFloat(getComputedStyle(element).lineHeight),
    )
  }
}

/** The lint of a text that has stood still for a moment; `isCurrent` says that it is of this very text. */
function useLint(path: string, text: string) {
  const [still, setStill] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setStill(text), pauseMilliseconds)
    return () => clearTimeout(timer)
  }, [text])
  const query = useQuery({
    queryKey: ['rule-lint', path, still],
    queryFn: ({ signal }) =>
      api.ruleLibrary.lint({ body: { documents: [{ path, text: still }] } }, signal),
    enabled: still.trim() !== '',
    placeholderData: (previous) => previous,
    gcTime: 10_000,
  })
  return { ...query, isCurrent: still === text && !query.isPlaceholderData }
}
