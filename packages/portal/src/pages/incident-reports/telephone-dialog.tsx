import { IncidentReportDraft } from '@haidang/contracts/incident-report'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { api } from '../../api/api.ts'
import { useOrganisations } from '../../api/organisations.ts'
import { useMe } from '../../api/session.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input, Select, Textarea } from '../../components/field.tsx'
import { lines, submitted, text, useDraft, useWrong } from '../../components/form.ts'
import { NamedOptions } from '../../components/options.tsx'
import { inputTime, instantOfInput, secondsFromNow } from '../../format/instant.ts'
import { SimilarReports } from './similar-reports.tsx'

/** What somebody says on the telephone, written down as they speak; reports alike are shown before it is kept. */
export function TelephoneDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  return (
    <Dialog open wide onClose={onClose} title={t`Ghi tin qua điện thoại`}>
      <TelephoneForm onClose={onClose} />
    </Dialog>
  )
}

function TelephoneForm({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { person } = useMe()
  const organisations = useOrganisations()
  const form = useRef<HTMLFormElement>(null)
  const kept = useDraft('incident-report.telephone', form)
  const { wrong, refused, checked } = useWrong()
  const [likeness, setLikeness] = useState({ text: '', system_name: '', addresses: [''] })
  const [request_id] = useState(() => crypto.randomUUID())
  const report = useMutation({
    mutationFn: (body: IncidentReportDraft) => api.incidentReports.report({ body }),
    onSuccess: ({ id }) => {
      kept.forget()
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
    const sender = {
      name: text(said, 'name'),
      phone: text(said, 'phone'),
      email: text(said, 'email'),
    }
    const draft = {
      organisation_id: text(said, 'organisation_id'),
      channel: 'telephone',
      sender,
      system_name: text(said, 'system_name'),
      addresses: lines(said, 'addresses'),
      description: text(said, 'description'),
      detected_at: instantOfInput(text(said, 'detected_at')),
      request_id,
    }
    checked(IncidentReportDraft.safeParse(draft), (data) => report.mutate(data))
  }
  const compared = likeness.text !== '' || likeness.addresses.some(Boolean)
  return (
    <form
      ref={form}
      noValidate
      onSubmit={submitted(send)}
      onBlur={compare}
      className="flex flex-col gap-4"
    >
      <ErrorSummary errors={wrong} error={report.error} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t`Người gọi`} error={wrong['sender.name']}>
          <Input name="name" maxLength={300} data-first />
        </Field>
        <Field label={t`Điện thoại`} optional={t`không bắt buộc`} error={wrong['sender.phone']}>
          <Input name="phone" maxLength={60} />
        </Field>
        <Field label={t`Đơn vị`} error={wrong['organisation_id']}>
          <Select name="organisation_id" defaultValue={person.organisation_id}>
            <NamedOptions of={organisations} />
          </Select>
        </Field>
        <Field label={t`Thư điện tử`} optional={t`không bắt buộc`} error={wrong['sender.email']}>
          <Input name="email" maxLength={300} />
        </Field>
        <Field label={t`Hệ thống`} optional={t`không bắt buộc`} error={wrong['system_name']}>
          <Input name="system_name" maxLength={300} />
        </Field>
        <Field label={t`Phát hiện lúc`} help={t`Giờ Việt Nam`} error={wrong['detected_at']}>
          <Input
            name="detected_at"
            type="datetime-local"
            defaultValue={inputTime(secondsFromNow(0))}
          />
        </Field>
      </div>
      <Field label={t`Đã xảy ra gì`} error={wrong['description']}>
        <Textarea name="description" rows={4} maxLength={10_000} />
      </Field>
      <Field
        label={t`Địa chỉ IP, tên miền`}
        optional={t`không bắt buộc`}
        help={t`Mỗi dòng một địa chỉ`}
        error={wrong['addresses']}
      >
        <Textarea name="addresses" rows={2} />
      </Field>
      {compared ? <SimilarReports of={likeness} /> : null}
      <Acts>
        <Button look="primary" type="submit" busy={report.isPending}>{t`Lưu tin báo`}</Button>
        <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
      </Acts>
    </form>
  )
}
