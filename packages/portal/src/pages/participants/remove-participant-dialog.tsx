import type { IncidentParticipant } from '@haidang/contracts/incident-participant'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { Field, Textarea } from '../../components/field.tsx'
import { text, useWrong } from '../../components/form.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { say } from '../../components/toast.tsx'

interface RemoveParticipantDialogProps {
  readonly item: IncidentParticipant
  readonly onClose: () => void
}

/** Ends that an organisation takes part. */
export function RemoveParticipantDialog({ item, onClose }: RemoveParticipantDialogProps) {
  const { t } = useLingui()
  const client = useQueryClient()
  const { wrong, refused } = useWrong()
  const { id: participant, incident_id: id, organisation_name: name } = item
  const remove = useMutation({
    mutationFn: (reason: string) =>
      api.incidentParticipants.remove({ params: { id, participant }, body: { reason } }),
    onSuccess: () => {
      say(t`${name} không còn tham gia`)
      for (const key of ['participants', 'audience']) {
        void client.invalidateQueries({ queryKey: [key] })
      }
      onClose()
    },
    onError: refused,
  })
  return (
    <FormDialog
      title={t`Thôi cho ${name} tham gia`}
      about={t`Họ không còn xem được sự cố ngay từ lúc này, và được báo lý do.`}
      wrong={wrong}
      saving={remove}
      act={t`Thôi tham gia`}
      onSend={(form) => remove.mutate(text(form, 'reason'))}
      onClose={onClose}
    >
      <Field label={t`Lý do`} error={wrong['reason']} className="sm:col-span-2">
        <Textarea name="reason" rows={2} minLength={3} maxLength={2000} required />
      </Field>
    </FormDialog>
  )
}
