import { type Shift, SwapDraft } from '@haidang/contracts/shift'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useMe } from '../../api/session.ts'
import { Field, Select, Textarea } from '../../components/field.tsx'
import { text, useWrong } from '../../components/form.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { NamedOptions } from '../../components/options.tsx'
import { say } from '../../components/toast.tsx'
import { dateTime, secondsFromNow } from '../../format/instant.ts'
import { shiftPeopleQuery } from './shift-queries.ts'

/** Asks somebody to stand one's shift, in exchange for one of theirs or not. */
export function SwapDialog({ shift, onClose }: { shift: Shift; onClose: () => void }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const { person } = useMe()
  const { wrong, refused, checked } = useWrong()
  const [other, setOther] = useState('')
  const [after] = useState(() => secondsFromNow(0))
  const people = useQuery(shiftPeopleQuery(shift.organisation_id)).data?.people ?? []
  const theirs = useQuery({
    queryKey: ['shifts', 'theirs', other],
    queryFn: ({ signal }) =>
      api.shifts.list(
        { query: { limit: 50, filter: `officer_id:${other} and starts_at>${after}` } },
        signal,
      ),
    enabled: other !== '',
  })
  const ask = useMutation({
    mutationFn: (body: SwapDraft) => api.shiftSwaps.ask({ body }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['shifts'] })
      say(t`Đã gửi đề nghị đổi ca`)
      onClose()
    },
    onError: refused,
  })
  const send = (form: FormData) => {
    const draft = {
      shift_id: shift.id,
      to_id: other,
      return_id: text(form, 'return_id') || null,
      reason: text(form, 'reason'),
    }
    checked(SwapDraft.safeParse(draft), (body) => ask.mutate(body))
  }
  return (
    <FormDialog
      title={t`Đề nghị đổi ca`}
      about={`${shift.name}, ${dateTime(shift.starts_at)}`}
      wrong={wrong}
      saving={ask}
      act={t`Gửi đề nghị`}
      onSend={send}
      onClose={onClose}
    >
      <Field label={t`Nhờ ai`} error={wrong['to_id']}>
        <Select value={other} onChange={({ target }) => setOther(target.value)} data-first>
          <option value="">{t`Chọn người`}</option>
          <NamedOptions of={people.filter(({ id }) => id !== person.id)} />
        </Select>
      </Field>
      <Field label={t`Đổi lấy ca`} error={wrong['return_id']}>
        <Select name="return_id">
          <option value="">{t`Không đổi, chỉ nhờ trực`}</option>
          {(theirs.data?.items ?? []).map(({ id, name, starts_at }) => (
            <option key={id} value={id}>
              {name}, {dateTime(starts_at)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t`Lý do`} className="sm:col-span-2" error={wrong['reason']}>
        <Textarea name="reason" rows={2} maxLength={1000} />
      </Field>
    </FormDialog>
  )
}
