import type { Form } from '@haidang/contracts/form'
import { formFaultsOf } from '@haidang/contracts/form-check'
import { isShown } from '@haidang/contracts/form-content'
import type { FormFault } from '@haidang/contracts/form-shape'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Check } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { type Errors, errorsOf, noErrors, submitted } from '../../components/form.ts'
import { Section } from '../../components/page.tsx'
import { say } from '../../components/toast.tsx'
import { useWords } from '../../language/use-words.ts'
import { KeepingMark, OtherDraft } from './draft-notes.tsx'
import { placeNames } from './field-name.ts'
import { FormFieldControl } from './form-field.tsx'
import { useDraftForm } from './use-draft-form.ts'

/** A draft: kept as one types, checked as a whole when it is submitted. */
export function FormEditor({ form }: { form: Form }) {
  const { t } = useLingui()
  const { language, label } = useWords()
  const refusal = useRefusal()
  const client = useQueryClient()
  const draft = useDraftForm(form)
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const { definition, id } = form
  const faults = formFaultsOf(definition, draft.content)
  const worded = ({ code, limit }: FormFault) =>
    limit === undefined ? label('formFault', code) : `${label('formFault', code)} (${limit})`
  const submit = useMutation({
    mutationFn: async () => {
      const revision = await draft.flush()
      if (revision === undefined) throw draft.error ?? new Error('the draft was not kept')
      return api.forms.submit({ params: { id }, body: { revision } })
    },
    onSuccess: (filed) => {
      client.setQueryData(['forms', 'one', id], filed)
      void client.invalidateQueries({ queryKey: ['forms', 'list'] })
      void client.invalidateQueries({ queryKey: ['organisations'] })
      say(t`Đã nộp biểu mẫu`)
    },
    onError: (error) => setWrong(errorsOf(error)),
  })
  const send = () => {
    setWrong(Object.fromEntries(faults.map((fault) => [fault.field, worded(fault)])))
    if (faults.length === 0) submit.mutate()
  }
  return (
    <form noValidate onSubmit={submitted(send)} className="flex max-w-3xl flex-col gap-8">
      <ErrorSummary
        errors={wrong}
        error={submit.error}
        names={placeNames(definition, Object.keys(wrong), language)}
      />
      <OtherDraft form={form} draft={draft} />
      {definition.sections.map((section) => {
        const own = new Set(section.fields.map(({ key }) => key))
        const open = faults.filter(({ field }) => own.has(field.split('.')[0] ?? '')).length
        return (
          <Section
            key={section.key}
            title={[section.clause, section.title[language]].filter(Boolean).join('. ')}
            acts={<Completion open={open} />}
          >
            <div className="flex flex-col gap-4 py-3">
              {section.fields
                .filter((field) => isShown(field, draft.content))
                .map((field) => (
                  <FormFieldControl
                    key={field.key}
                    field={field}
                    content={draft.content}
                    wrong={wrong}
                    onChange={draft.change}
                  />
                ))}
            </div>
          </Section>
        )
      })}
      <div className="sticky bottom-14 z-10 flex flex-wrap items-center gap-3 border-t bg-bg py-3 md:bottom-0">
        <Button
          look="primary"
          type="submit"
          busy={submit.isPending}
          refusal={refusal('form.fill') ?? (form.retired && t`Mẫu này đã hết hiệu lực`)}
        >
          {t`Nộp biểu mẫu`}
        </Button>
        <KeepingMark keeping={draft.keeping} onRetry={() => void draft.flush()} />
      </div>
    </form>
  )
}

/** Whether a section has all that is asked for. */
function Completion({ open }: { open: number }) {
  const { t } = useLingui()
  if (open > 0) return <span className="text-12 text-ink-3">{t`còn ${open} chỗ`}</span>
  return (
    <span className="flex items-center gap-1 text-12 text-good">
      <Check aria-hidden="true" className="size-3.5" />
      {t`đủ`}
    </span>
  )
}
