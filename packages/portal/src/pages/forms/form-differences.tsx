import type { Form, FormDifference } from '@haidang/contracts/form'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useMay } from '../../api/session.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Check } from '../../components/field.tsx'
import { errorsOf, submitted, text } from '../../components/form.ts'
import { Section } from '../../components/page.tsx'
import { say } from '../../components/toast.tsx'
import { useWords } from '../../language/use-words.ts'
import { ReasonField } from '../organisations/reason-field.tsx'

/** A form beside the registers: where the two differ, and what is to be taken over. */
export function FormDifferences({ form }: { form: Form }) {
  const { t } = useLingui()
  const query = useQuery({
    queryKey: ['forms', 'differences', form.id],
    queryFn: ({ signal }) => api.forms.differences({ params: { id: form.id } }, signal),
  })
  return (
    <Section title={t`So với danh bạ`} className="max-w-3xl">
      <Asked query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="py-2 text-13 text-ink-3">{t`Biểu mẫu khớp với danh bạ.`}</p>
          ) : (
            <Differences form={form} items={items} />
          )
        }
      </Asked>
    </Section>
  )
}

function Differences({ form, items }: { form: Form; items: readonly FormDifference[] }) {
  const { t } = useLingui()
  const { language } = useWords()
  const client = useQueryClient()
  const mayTake = useMay()('membership.manage') && form.state === 'submitted'
  const [chosen, setChosen] = useState<readonly string[]>([])
  const take = useMutation({
    mutationFn: (reason: string) =>
      api.forms.takeOver({ params: { id: form.id }, body: { fields: [...chosen], reason } }),
    onSuccess: ({ asked }) => {
      setChosen([])
      void client.invalidateQueries({ queryKey: ['organisations'] })
      say(t`Đã lập ${asked} đề nghị sửa danh bạ`)
    },
  })
  const toggle = (field: string, on: boolean) =>
    setChosen(on ? [...chosen, field] : chosen.filter((each) => each !== field))
  return (
    <form
      onSubmit={submitted((data) => take.mutate(text(data, 'reason')))}
      className="flex flex-col gap-3 py-2 text-13"
    >
      <ErrorSummary errors={errorsOf(take.error)} error={take.error} />
      <ul className="divide-y divide-line">
        {items.map(({ field, label, filed, registered, can_take_over }) => (
          <li key={field} className="flex flex-col gap-1 py-2">
            {mayTake && can_take_over ? (
              <Check
                checked={chosen.includes(field)}
                onChange={(event) => toggle(field, event.currentTarget.checked)}
              >
                {label[language]}
              </Check>
            ) : (
              <span className="font-medium">{label[language]}</span>
            )}
            <span className="grid gap-x-6 sm:grid-cols-2">
              <span className="min-w-0 whitespace-pre-wrap break-words">
                <span className="text-ink-3">{t`Biểu mẫu:`} </span>
                {filed || '—'}
              </span>
              <span className="min-w-0 whitespace-pre-wrap break-words">
                <span className="text-ink-3">{t`Danh bạ:`} </span>
                {registered || '—'}
              </span>
            </span>
          </li>
        ))}
      </ul>
      {chosen.length > 0 ? (
        <>
          <ReasonField wrong={errorsOf(take.error)} />
          <Button type="submit" look="primary" className="self-start" busy={take.isPending}>
            {t`Lập đề nghị sửa danh bạ`}
          </Button>
        </>
      ) : null}
      {mayTake ? (
        <p className="text-ink-2">
          {t`Giá trị được đưa sang danh bạ qua một đề nghị, quyết định như mọi đề nghị khác.`}{' '}
          <Link to="/organisations" search={{ tab: 'requests' }} className="underline">
            {t`Xem các đề nghị`}
          </Link>
        </p>
      ) : null}
    </form>
  )
}
