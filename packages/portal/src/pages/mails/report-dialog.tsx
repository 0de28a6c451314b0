import { MailReportDraft, type ReceivedMailBody } from '@haidang/contracts/received-mail'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { api } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input, Select, Textarea } from '../../components/field.tsx'
import { lines, submitted, text, useWrong } from '../../components/form.ts'
import { SimilarReports } from '../incident-reports/similar-reports.tsx'

/** Files a mail as a report of its sender's organisation; reports alike are shown before it is kept. */
export function ReportDialog({ mail, onClose }: { mail: ReceivedMailBody; onClose: () => void }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const navigate = useNavigate()
  const form = useRef<HTMLFormElement>(null)
  const { wrong, refused, checked } = useWrong()
  const told = [mail.subject, mail.text.trim()].filter(Boolean).join('\n\n').slice(0, 10_000)
  const [likeness, setLikeness] = useState({ text: told, system_name: '', addresses: [''] })
  const report = useMutation({
    mutationFn: (body: MailReportDraft) =>
      api.receivedMails.report({ params: { id: mail.id }, body }),
    onSuccess: ({ id }) => {
      void client.invalidateQueries({ queryKey: ['mails'] })
      void client.invalidateQueries({ queryKey: ['incident-reports'] })
      void navigate({ to: '/incident-reports/$id', params: { id } })
    },
    onError: refused,
  })
  const compare = () => {
    if (!form.current) return
    const said = new FormData(form.current)
    setLikeness({
      text: text(said, 'description'),
      system_name: text(said, 'system_name'),
      addresses: lines(said, 'addresses'),
    })
  }
  const send = (said: FormData) => {
    const draft = {
      organisation_id: text(said, 'organisation_id'),
      system_name: text(said, 'system_name'),
      description: text(said, 'description'),
      addresses: lines(said, 'addresses'),
    }
    checked(MailReportDraft.safeParse(draft), (data) => report.mutate(data))
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t`Lập tin báo từ thư`}
      about={t`Thư gốc và tệp kèm đứng cùng tin báo. Người gửi được báo đã nhận, với số của tin báo.`}
    >
      <form
        ref={form}
        noValidate
        onSubmit={submitted(send)}
        onBlur={compare}
        className="flex flex-col gap-4"
      >
        <ErrorSummary errors={wrong} error={report.error} />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t`Đơn vị`} error={wrong['organisation_id']}>
            <Select name="organisation_id">
              {mail.senders.map(({ organisation_id, organisation_name }) => (
                <option key={organisation_id} value={organisation_id}>
                  {organisation_name}
                </option>
              ))}
            </Select>
          </Field>
          <Field label={t`Hệ thống`} optional={t`không bắt buộc`} error={wrong['system_name']}>
            <Input name="system_name" maxLength={300} data-first />
          </Field>
        </div>
        <Field label={t`Đã xảy ra gì`} error={wrong['description']}>
          <Textarea name="description" rows={8} maxLength={10_000} defaultValue={told} />
        </Field>
        <Field
          label={t`Địa chỉ IP, tên miền`}
          optional={t`không bắt buộc`}
          help={t`Mỗi dòng một địa chỉ`}
          error={wrong['addresses']}
        >
          <Textarea name="addresses" rows={2} />
        </Field>
        <SimilarReports of={likeness} />
        <Acts>
          <Button look="primary" type="submit" busy={report.isPending}>{t`Lưu tin báo`}</Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}
