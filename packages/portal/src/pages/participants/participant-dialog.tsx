import type { Incident } from '@haidang/contracts/incident'
import {
  type IncidentParticipant,
  ParticipantDraft,
  ParticipantRole,
  ParticipantSees,
} from '@haidang/contracts/incident-participant'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useOrganisations } from '../../api/organisations.ts'
import { Check, Field, Select, Textarea } from '../../components/field.tsx'
import { text, useWrong } from '../../components/form.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { NamedOptions } from '../../components/options.tsx'
import { say } from '../../components/toast.tsx'
import { useWords } from '../../language/use-words.ts'

interface ParticipantDialogProps {
  readonly incident: Incident
  /** What is changed; a further organisation unless given. */
  readonly before?: IncidentParticipant
  readonly onClose: () => void
}

/** Lets an organisation take part in an incident, or changes what of it it sees. */
export function ParticipantDialog({ incident, before, onClose }: ParticipantDialogProps) {
  const { t } = useLingui()
  const { label } = useWords()
  const client = useQueryClient()
  const { wrong, refused, checked } = useWrong()
  const all = useOrganisations()
  const [sees, setSees] = useState<ParticipantSees>(before?.sees ?? 'summary')
  const save = useMutation({
    mutationFn: ({ organisation_id, ...said }: ParticipantDraft) =>
      before
        ? api.incidentParticipants.change({
            params: { id: incident.id, participant: before.id },
            body: { ...said, version: before.version },
          })
        : api.incidentParticipants.add({
            params: { id: incident.id },
            body: { ...said, organisation_id },
          }),
    onSuccess: ({ organisation_name }) => {
      say(before ? t`Đã sửa phạm vi của ${organisation_name}` : t`${organisation_name} đã tham gia`)
      for (const key of ['participants', 'audience']) {
        void client.invalidateQueries({ queryKey: [key] })
      }
      onClose()
    },
    onError: refused,
  })
  const send = (form: FormData) =>
    checked(
      ParticipantDraft.safeParse({
        organisation_id: before?.organisation_id ?? text(form, 'organisation_id'),
        role: text(form, 'role'),
        sees,
        may_note: sees !== 'summary' && form.has('may_note'),
        note: text(form, 'note'),
      }),
      (draft) => save.mutate(draft),
    )
  const names = { organisation_id: t`Tổ chức`, role: t`Vai trò`, note: t`Lý do, việc cần làm` }
  return (
    <FormDialog
      title={before ? t`Sửa phạm vi của ${before.organisation_name}` : t`Thêm tổ chức tham gia`}
      about={`${incident.number} · ${incident.title}`}
      names={names}
      wrong={wrong}
      saving={save}
      act={before ? t`Lưu phạm vi` : t`Cho tham gia`}
      onSend={send}
      onClose={onClose}
    >
      {before ? null : (
        <Field label={names.organisation_id} error={wrong['organisation_id']}>
          <Select name="organisation_id" data-first>
            <NamedOptions of={all.filter(({ id }) => id !== incident.organisation_id)} />
          </Select>
        </Field>
      )}
      <Field label={names.role} error={wrong['role']}>
        <Select name="role" defaultValue={before?.role ?? 'supporting'}>
          {ParticipantRole.options.map((role) => (
            <option key={role} value={role}>
              {label('participantRole', role)}
            </option>
          ))}
        </Select>
      </Field>
      <Field
        label={t`Được xem`}
        help={
          sees === 'summary'
            ? t`Tên, mức, trạng thái, tóm tắt`
            : t`Cả dòng thời gian từ đầu, gồm mọi ghi chú, và các giá trị quan sát`
        }
        className="sm:col-span-2"
      >
        <Select
          value={sees}
          onChange={(event) => setSees(ParticipantSees.parse(event.currentTarget.value))}
        >
          {ParticipantSees.options.map((one) => (
            <option key={one} value={one}>
              {label('participantSees', one)}
            </option>
          ))}
        </Select>
      </Field>
      {sees === 'summary' ? null : (
        <Check name="may_note" defaultChecked={before?.may_note} className="sm:col-span-2">
          {t`Được ghi chú vào dòng thời gian`}
        </Check>
      )}
      <Field
        label={names.note}
        optional={t`không bắt buộc`}
        help={t`Tổ chức tham gia đọc được`}
        error={wrong['note']}
        className="sm:col-span-2"
      >
        <Textarea name="note" rows={2} maxLength={2000} defaultValue={before?.note} />
      </Field>
    </FormDialog>
  )
}
