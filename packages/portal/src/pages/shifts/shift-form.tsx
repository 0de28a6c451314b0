import { type Shift, ShiftDraft } from '@haidang/contracts/shift'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { api } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { ChooseMany } from '../../components/choose-many.tsx'
import { Check, Field, Input, Select, Textarea } from '../../components/field.tsx'
import { type Errors, text, useWrong } from '../../components/form.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { NamedOptions } from '../../components/options.tsx'
import { useNow } from '../../components/time.tsx'
import { inputTime, instantOf, instantOfInput } from '../../format/instant.ts'
import { shiftPeopleQuery } from './shift-queries.ts'

interface ShiftFormProps {
  readonly organisation: string
  readonly shift?: Shift
  /** The day a new shift is on unless told. */
  readonly day: string
  readonly onClose: () => void
  /** The way to swap it, where one may. */
  readonly swap?: ReactNode
}

/** A shift as who keeps the roster writes it. */
export function ShiftForm({ organisation, shift, day, onClose, swap }: ShiftFormProps) {
  const { t } = useLingui()
  const client = useQueryClient()
  const now = instantOf(useNow())
  const { wrong, refused, checked } = useWrong()
  const begun = shift !== undefined && shift.starts_at <= now
  const done = () => {
    void client.invalidateQueries({ queryKey: ['shifts'] })
    onClose()
  }
  const save = useMutation({
    mutationFn: (draft: ShiftDraft) =>
      shift
        ? api.shifts.change({
            params: { id: shift.id },
            body: { ...draft, version: shift.version },
          })
        : api.shifts.add({ body: { ...draft, organisation_id: organisation } }),
    onSuccess: done,
    onError: refused,
  })
  const remove = useMutation({
    mutationFn: (id: string) => api.shifts.remove({ params: { id } }),
    onSuccess: done,
    onError: refused,
  })
  const send = (form: FormData) => {
    const draft = {
      name: text(form, 'name'),
      starts_at: begun ? shift.starts_at : instantOfInput(text(form, 'starts_at')),
      ends_at: begun ? shift.ends_at : instantOfInput(text(form, 'ends_at')),
      officer_id: text(form, 'officer_id') || null,
      member_ids: form.getAll('member_ids').map(String),
      overlap_allowed: form.get('overlap_allowed') !== null,
      note: text(form, 'note'),
    }
    checked(ShiftDraft.safeParse(draft), (data) => save.mutate(data))
  }
  const error = save.error ?? remove.error
  return (
    <FormDialog
      title={shift ? t`Ca trực` : t`Thêm ca`}
      about={begun ? t`Ca đã bắt đầu: chỉ đổi được người trực và ghi chú.` : undefined}
      wrong={wrong}
      saving={{ error, isPending: save.isPending }}
      onSend={send}
      onClose={onClose}
      after={
        shift && !begun ? (
          <span className="flex flex-wrap gap-2 pt-3">
            {swap}
            <Button
              look="danger"
              className="mt-4"
              busy={remove.isPending}
              onClick={() => remove.mutate(shift.id)}
            >
              {t`Bỏ ca này`}
            </Button>
          </span>
        ) : null
      }
    >
      <ShiftFields {...{ organisation, shift, day, begun, wrong }} />
    </FormDialog>
  )
}

interface ShiftFieldsProps {
  readonly organisation: string
  readonly shift: Shift | undefined
  readonly day: string
  readonly begun: boolean
  readonly wrong: Errors
}

function ShiftFields({ organisation, shift, day, begun, wrong }: ShiftFieldsProps) {
  const { t } = useLingui()
  const people = useQuery(shiftPeopleQuery(organisation)).data?.people ?? []
  const from = shift ? inputTime(shift.starts_at) : `${day}T06:00`
  const to = shift ? inputTime(shift.ends_at) : `${day}T14:00`
  const choices = people.map(({ id, name }) => ({ value: id, name }))
  return (
    <>
      <Field label={t`Tên ca`} error={wrong['name']}>
        <Input name="name" maxLength={80} defaultValue={shift?.name ?? ''} data-first />
      </Field>
      <Field label={t({ message: 'Trực ban', context: 'officer' })} error={wrong['officer_id']}>
        <Select name="officer_id" defaultValue={shift?.officer?.id ?? ''} key={people.length}>
          <option value="">{t`Chưa có trực ban`}</option>
          <NamedOptions of={people} />
        </Select>
      </Field>
      <Field label={t`Bắt đầu`} help={t`Giờ Việt Nam`} error={wrong['starts_at']}>
        <Input name="starts_at" type="datetime-local" defaultValue={from} disabled={begun} />
      </Field>
      <Field label={t({ message: 'Kết thúc', context: 'shift' })} error={wrong['ends_at']}>
        <Input name="ends_at" type="datetime-local" defaultValue={to} disabled={begun} />
      </Field>
      <ChooseMany
        name="member_ids"
        className="sm:col-span-2"
        label={t`Cùng trực`}
        search={t`Tìm người trực`}
        none={t`không ai`}
        choices={choices}
        defaultValue={shift?.members.map(({ id }) => id) ?? []}
        error={wrong['member_ids']}
      />
      <Field
        className="sm:col-span-2"
        label={t`Ghi chú`}
        optional={t`không bắt buộc`}
        error={wrong['note']}
      >
        <Textarea name="note" rows={2} maxLength={1000} defaultValue={shift?.note ?? ''} />
      </Field>
      <Check
        className="sm:col-span-2"
        name="overlap_allowed"
        defaultChecked={shift?.overlap_allowed ?? false}
      >
        {t`Cố ý chồng giờ với ca khác`}
      </Check>
    </>
  )
}
