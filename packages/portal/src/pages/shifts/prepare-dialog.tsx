import type { HandoverDraft, OpenWork } from '@haidang/contracts/handover'
import { Plural, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Check, Field, Textarea } from '../../components/field.tsx'
import { noErrors, submitted, text, useDraft } from '../../components/form.ts'
import { WorkLine } from './work-line.tsx'

/** What is open is listed by itself; the officer marks what matters and says what the next must know. */
export function PrepareDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const query = useQuery({
    queryKey: ['handovers', 'open-work'],
    queryFn: ({ signal }) => api.handovers.openWork({}, signal),
    staleTime: 0,
  })
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t`Bàn giao ca`}
      about={t`Đánh dấu việc quan trọng. Việc đang thuộc về bạn, hoặc chưa ai phụ trách, thuộc về người nhận khi họ xác nhận.`}
    >
      <Asked query={query} loading={null}>
        {(listed) => <Form {...listed} onClose={onClose} />}
      </Asked>
    </Dialog>
  )
}

interface FormProps {
  readonly items: readonly OpenWork[]
  readonly more: boolean
  readonly onClose: () => void
}

function Form({ items, more, onClose }: FormProps) {
  const { t } = useLingui()
  const client = useQueryClient()
  const navigate = useNavigate()
  const form = useRef<HTMLFormElement>(null)
  const kept = useDraft('handover', form)
  const prepare = useMutation({
    mutationFn: (body: HandoverDraft) => api.handovers.prepare({ body }),
    onSuccess: ({ handover }) => {
      kept.forget()
      void client.invalidateQueries({ queryKey: ['handovers'] })
      void navigate({ to: '/handovers/$id', params: { id: handover.id } })
    },
  })
  const send = (said: FormData) => {
    const marks = items
      .filter(({ object_id }) => said.get(`mark ${object_id}`) !== null)
      .map(({ object_id }) => ({ object_id, note: '' }))
    prepare.mutate({ note: text(said, 'note'), marks })
  }
  return (
    <form ref={form} noValidate onSubmit={submitted(send)} className="flex flex-col gap-4">
      <ErrorSummary errors={noErrors} error={prepare.error} />
      <Field label={t`Người nhận cần biết gì`} optional={t`không bắt buộc`}>
        <Textarea name="note" rows={4} maxLength={10_000} data-first />
      </Field>
      <section>
        <h3 className="pb-1 font-medium text-13">
          <Plural value={items.length} other="# việc còn mở" />
        </h3>
        {more ? (
          <p className="pb-1 text-13 text-medium">
            {t`Còn nhiều việc hơn danh sách này. Phần còn lại bàn giao ở lần sau, hoặc giao trước cho người khác.`}
          </p>
        ) : null}
        <ul className="max-h-72 divide-y divide-line overflow-y-auto">
          {items.map((work) => (
            <WorkLine
              key={work.object_id}
              work={work}
              lead={
                <Check name={`mark ${work.object_id}`}>
                  <span className="sr-only">{t`Đánh dấu ${work.label}`}</span>
                </Check>
              }
            />
          ))}
        </ul>
      </section>
      <Acts>
        <Button look="primary" type="submit" busy={prepare.isPending}>{t`Bàn giao`}</Button>
        <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
      </Acts>
    </form>
  )
}
