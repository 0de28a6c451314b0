import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { PackageCheck } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Textarea } from '../../components/field.tsx'
import { noErrors, submitted, text } from '../../components/form.ts'
import { say } from '../../components/toast.tsx'
import { useSecondPerson } from '../approvals/second-person.tsx'

const listed = 20

/** Makes what is approved a numbered, signed version. */
export function PublishButton() {
  const { t } = useLingui()
  const refusal = useRefusal()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button look="primary" refusal={refusal('rule.publish')} onClick={() => setOpen(true)}>
        <PackageCheck aria-hidden="true" className="size-4" />
        {t`Phát hành bộ luật…`}
      </Button>
      {open ? <PublishDialog onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function PublishDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const navigate = useNavigate()
  const second = useSecondPerson()
  const publish = useMutation({
    mutationFn: (note: string) => api.ruleSets.publish({ body: { note } }),
    onSuccess: ({ number }) => {
      void client.invalidateQueries({ queryKey: ['rule-sets'] })
      void client.invalidateQueries({ queryKey: ['rule-library'] })
      say(t`Đã phát hành bộ luật ${number}`)
      void navigate({ to: '/rules/sets/$number', params: { number: String(number) } })
    },
    onError: (error, note) => {
      second.offer(error, { kind: 'rule-set.publish', payload: { note } })
    },
  })
  if (second.question) return second.question
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Phát hành bộ luật`}
      about={t`Bộ luật gồm mọi luật đã duyệt và tinh chỉnh còn hạn, được đánh số và ký. Chưa trạm nào nhận cho tới khi bạn phát tới từng vòng.`}
    >
      <form
        onSubmit={submitted((form) => publish.mutate(text(form, 'note').trim()))}
        className="flex flex-col gap-4"
      >
        <ErrorSummary errors={noErrors} error={publish.error} />
        <Waiting />
        <Field label={t`Ghi chú`} optional={t`không bắt buộc`}>
          <Textarea
            name="note"
            rows={2}
            maxLength={4000}
            placeholder={t`Để người sau biết bộ luật này đổi gì`}
          />
        </Field>
        <Acts>
          <Button look="primary" type="submit" busy={publish.isPending}>{t`Phát hành`}</Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}

/** Rules approved since the newest set. */
function Waiting() {
  const { t } = useLingui()
  const { data } = useQuery({
    queryKey: ['rule-library', 'waiting'],
    queryFn: ({ signal }) =>
      api.ruleLibrary.list({ query: { limit: listed, filter: 'status:approved' } }, signal),
  })
  if (!data) return null
  if (data.items.length === 0) {
    return <p className="text-ink-2">{t`Không có luật mới duyệt kể từ bộ luật trước.`}</p>
  }
  return (
    <div>
      <p className="font-medium">{t`Mới duyệt, chờ phát hành`}</p>
      <ul className="max-h-40 overflow-y-auto text-ink-2">
        {data.items.map(({ id, title, version }) => (
          <li key={id} className="truncate">
            {title} · {t`bản ${version}`}
          </li>
        ))}
        {data.next ? <li>…</li> : null}
      </ul>
    </div>
  )
}
