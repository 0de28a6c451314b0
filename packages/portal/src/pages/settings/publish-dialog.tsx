import type { Regulation } from '@haidang/contracts/regulation'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input, Textarea } from '../../components/field.tsx'
import { type Errors, noErrors, submitted, text } from '../../components/form.ts'
import { say } from '../../components/toast.tsx'
import { inputTime, plainDate, secondsFromNow } from '../../format/instant.ts'
import { dropDraft } from './kept-draft.ts'
import { ProfilePreview } from './profile-preview.tsx'

interface PublishDialogProps {
  readonly regulation: Regulation
  /** The newest version the draft was made from; -1: none. */
  readonly basedOn: number
  readonly onClose: () => void
}

/** From which day on and why a draft holds, with what it moves from that day. */
export function PublishDialog({ regulation, basedOn, onClose }: PublishDialogProps) {
  const { t } = useLingui()
  const client = useQueryClient()
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const [from, setFrom] = useState(() => inputTime(secondsFromNow(0)).slice(0, 10))
  const preview = useQuery({
    queryKey: ['regulations', regulation.profile, 'preview', regulation, from],
    queryFn: ({ signal }) =>
      api.regulations.preview({ body: { regulation, effective_from: from } }, signal),
    enabled: from !== '',
  })
  const publish = useMutation({
    mutationFn: (reason: string) =>
      api.regulations.publish({
        body: { regulation, effective_from: from, reason, based_on: basedOn },
      }),
    onSuccess: ({ version, effective_from }) => {
      dropDraft(regulation.profile)
      say(t`Bản ${version} có hiệu lực từ ${plainDate(effective_from)}`)
      void client.invalidateQueries({ queryKey: ['regulations'] })
      onClose()
    },
  })
  const send = (form: FormData) => {
    const reason = text(form, 'reason').trim()
    const faults = {
      ...(from === '' ? { from: t`Chưa nhập` } : {}),
      ...(reason.length < 3 ? { reason: t`Cần ít nhất ${3} ký tự` } : {}),
    }
    setWrong(faults)
    if (Object.keys(faults).length === 0) publish.mutate(reason)
  }
  const names = { from: t`Có hiệu lực từ ngày`, reason: t`Lý do` }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t`Ban hành hồ sơ quy định`}
      about={t`Sự việc từ ngày ấy trở đi tính theo bản này. Bản cũ còn nguyên cho sự việc trước đó.`}
    >
      <form noValidate onSubmit={submitted(send)} className="flex flex-col gap-4">
        <ErrorSummary errors={wrong} error={publish.error} names={names} />
        <Field label={names.from} error={wrong['from']}>
          <Input
            name="from"
            type="date"
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
        </Field>
        <Field label={names.reason} help={t`Đứng trong nhật ký`} error={wrong['reason']}>
          <Textarea name="reason" maxLength={1000} />
        </Field>
        {from === '' ? null : (
          <Asked query={preview}>{(found) => <ProfilePreview found={found} />}</Asked>
        )}
        <Acts>
          <Button look="primary" type="submit" busy={publish.isPending}>{t`Ban hành`}</Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}
