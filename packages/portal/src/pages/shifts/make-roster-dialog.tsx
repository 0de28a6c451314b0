import { RosterDraft, type ShiftPattern } from '@haidang/contracts/shift'
import { Plural, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Field, Input, Select } from '../../components/field.tsx'
import { text, useWrong } from '../../components/form.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { NamedOptions } from '../../components/options.tsx'
import { say } from '../../components/toast.tsx'
import { dayAfter } from '../../format/day.ts'
import { useWords } from '../../language/use-words.ts'
import { shiftPeopleQuery } from './shift-queries.ts'

interface MakeRosterProps {
  readonly organisation: string
  readonly from: string
  readonly onClose: () => void
}

/** Makes the roster of some weeks by a pattern and its crews. */
export function MakeRosterDialog(props: MakeRosterProps) {
  const patterns = useQuery({
    queryKey: ['shifts', 'patterns'],
    queryFn: ({ signal }) => api.shifts.patterns({}, signal),
  })
  return (
    <Asked query={patterns} loading={null}>
      {({ patterns: of }) => <Form {...props} patterns={of} />}
    </Asked>
  )
}

function Form(props: MakeRosterProps & { readonly patterns: readonly ShiftPattern[] }) {
  const { organisation, from, onClose, patterns } = props
  const { t } = useLingui()
  const { language } = useWords()
  const client = useQueryClient()
  const { wrong, refused, checked } = useWrong()
  const [chosen, setChosen] = useState(patterns[0]?.id ?? '')
  const people = useQuery(shiftPeopleQuery(organisation)).data?.people ?? []
  const pattern = patterns.find(({ id }) => id === chosen)
  const crews = Array.from({ length: pattern?.crews ?? 0 }, (_, crew) => crew)
  const make = useMutation({
    mutationFn: (body: RosterDraft) => api.shifts.make({ body }),
    onSuccess: ({ added }) => {
      void client.invalidateQueries({ queryKey: ['shifts'] })
      say(t`Đã lập ${added} ca`)
      onClose()
    },
    onError: refused,
  })
  const send = (form: FormData) => {
    const draft = {
      organisation_id: organisation,
      pattern_id: chosen,
      from: text(form, 'from'),
      to: text(form, 'to'),
      crews: crews.map((crew) => ({ officer_id: text(form, `crew-${crew}`) })),
    }
    checked(RosterDraft.safeParse(draft), (body) => make.mutate(body))
  }
  return (
    <FormDialog
      title={t`Lập lịch theo mẫu`}
      about={t`Thứ tự kíp theo lịch chung, nên lập tiếp tháng sau không bị đứt nhịp. Ca đã bắt đầu được giữ nguyên.`}
      wrong={wrong}
      saving={make}
      act={t`Lập lịch`}
      onSend={send}
      onClose={onClose}
    >
      <Field label={t`Mẫu trực`} className="sm:col-span-2" error={wrong['pattern_id']}>
        <Select value={chosen} onChange={({ target }) => setChosen(target.value)} data-first>
          {patterns.map(({ id, name }) => (
            <option key={id} value={id}>
              {name[language]}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t`Từ ngày`} error={wrong['from']}>
        <Input name="from" type="date" defaultValue={from} />
      </Field>
      <Field label={t`Đến ngày`} error={wrong['to']}>
        <Input name="to" type="date" defaultValue={dayAfter(from, 27)} />
      </Field>
      <p className="text-12 text-ink-3 sm:col-span-2">
        <Plural value={people.length} other="# người của tổ chức này được phép trực" />
      </p>
      {crews.map((crew) => (
        <Field
          key={crew}
          label={t`Trực ban kíp ${crew + 1}`}
          error={wrong[`crews.${crew}.officer_id`]}
        >
          <Select
            name={`crew-${crew}`}
            key={people.length}
            defaultValue={people[crew % Math.max(1, people.length)]?.id}
          >
            <NamedOptions of={people} />
          </Select>
        </Field>
      ))}
    </FormDialog>
  )
}
