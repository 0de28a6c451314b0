import {
  CauseGroup,
  Impact,
  type Incident,
  IncidentKind,
  IncidentType,
  TouchedPersonalData,
} from '@haidang/contracts/incident'
import { Severity } from '@haidang/contracts/severity'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Check, Field, Input, Select } from '../../components/field.tsx'
import { text, useWrong } from '../../components/form.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { say } from '../../components/toast.tsx'
import { useWords } from '../../language/use-words.ts'
import { useClassification } from './classification-query.ts'

const categories = TouchedPersonalData.shape.categories.element.options

/** Changes what an incident is classed as. */
export function ClassificationDialog({
  incident,
  onClose,
}: {
  incident: Incident
  onClose: () => void
}) {
  const { t } = useLingui()
  const { label, language } = useWords()
  const client = useQueryClient()
  const { wrong, refused } = useWrong()
  const [touched, setTouched] = useState(incident.personal_data !== null)
  const query = useClassification()
  const save = useMutation({
    mutationFn: (form: FormData) =>
      api.incidents.update({
        params: { id: incident.id },
        body: { ...changeIn(form, incident, touched), version: incident.version },
      }),
    onSuccess: () => {
      say(t`Đã sửa phân loại`)
      void client.invalidateQueries({ queryKey: ['incidents'] })
      onClose()
    },
    onError: refused,
  })
  const names = { rsit: 'RSIT', personal_data: t`Dữ liệu cá nhân` }
  return (
    <FormDialog
      title={t`Phân loại sự cố`}
      about={`${incident.number} · ${incident.title}`}
      names={names}
      wrong={wrong}
      saving={save}
      onSend={(form) => save.mutate(form)}
      onClose={onClose}
    >
      <Field label={t`Ghi nhận là`}>
        <Select name="kind" defaultValue={incident.kind}>
          {IncidentKind.options.map((one) => (
            <option key={one} value={one}>
              {label('incidentKind', one)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t`Nguyên nhân`}>
        <Select name="cause" defaultValue={incident.cause ?? ''}>
          <option value="">{t`Chưa rõ`}</option>
          {CauseGroup.options.map((one) => (
            <option key={one} value={one}>
              {label('causeGroup', one)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t`Loại sự cố`} help={t`Dòng của mẫu số 05`} className="sm:col-span-2">
        <Select name="type" defaultValue={incident.type}>
          {IncidentType.options.map((one) => (
            <option key={one} value={one}>
              {label('incidentType', one)}
            </option>
          ))}
        </Select>
      </Field>
      <Asked query={query}>
        {({ taxonomy, rules }) => (
          <>
            <Field
              label={`${taxonomy.name} ${taxonomy.version}`}
              help={t`Bảng phân loại dùng khi trao đổi quốc tế; theo loại sự cố nếu chưa ai chọn`}
              error={wrong['rsit']}
              className="sm:col-span-2"
            >
              <Select name="rsit" defaultValue={incident.rsit}>
                {taxonomy.classes.map(({ id, name, types }) => (
                  <optgroup key={id} label={name[language]}>
                    {types.map((type) => (
                      <option key={type.id} value={`${id}/${type.id}`}>
                        {type.name[language]}
                      </option>
                    ))}
                  </optgroup>
                ))}
              </Select>
            </Field>
            <Field label={t`Thiệt hại`} className="sm:col-span-2">
              <Select name="impact" defaultValue={incident.impact ?? ''}>
                <option value="">{t`Chưa rõ`}</option>
                {Impact.options.map((one) => (
                  <option key={one} value={one}>
                    {rules.severity.impacts[one][language]}
                  </option>
                ))}
              </Select>
            </Field>
          </>
        )}
      </Asked>
      <Field label={t`Mức độ`}>
        <Select name="severity" defaultValue={incident.severity}>
          {Severity.options.toReversed().map((one) => (
            <option key={one} value={one}>
              {label('severity', one)}
            </option>
          ))}
        </Select>
      </Field>
      <Check name="exercise" defaultChecked={incident.exercise} className="self-end">
        {t`Diễn tập: không tính vào số liệu thật`}
      </Check>
      <fieldset className="flex flex-col gap-2 sm:col-span-2">
        <Check
          checked={touched}
          onChange={(event) => setTouched(event.currentTarget.checked)}
        >{t`Liên quan dữ liệu cá nhân: bắt đầu hạn thông báo theo luật`}</Check>
        {touched ? <PersonalFields incident={incident} /> : null}
      </fieldset>
    </FormDialog>
  )
}

function PersonalFields({ incident: { personal_data } }: { incident: Incident }) {
  const { t } = useLingui()
  const { label } = useWords()
  return (
    <>
      <div className="flex flex-wrap gap-x-4">
        {categories.map((one) => (
          <Check
            key={one}
            name="category"
            value={one}
            defaultChecked={
              personal_data ? personal_data.categories.includes(one) : one === 'basic'
            }
          >
            {label('personalDataCategory', one)}
          </Check>
        ))}
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t`Số người`} optional={t`nếu biết`}>
          <Input
            name="subjects"
            type="number"
            min={0}
            defaultValue={personal_data?.subjects ?? ''}
          />
        </Field>
        <Field label={t`Số bản ghi`} optional={t`nếu biết`}>
          <Input name="records" type="number" min={0} defaultValue={personal_data?.records ?? ''} />
        </Field>
      </div>
    </>
  )
}

function changeIn(form: FormData, incident: Incident, touched: boolean) {
  const rsit = text(form, 'rsit')
  const known_at = incident.personal_data?.known_at
  return {
    kind: IncidentKind.parse(text(form, 'kind')),
    type: IncidentType.parse(text(form, 'type')),
    // What nobody changed follows the type.
    ...(rsit && rsit !== incident.rsit && { rsit }),
    cause: CauseGroup.nullable().parse(text(form, 'cause') || null),
    impact: Impact.nullable().parse(text(form, 'impact') || null),
    severity: Severity.parse(text(form, 'severity')),
    exercise: form.has('exercise'),
    personal_data: touched
      ? {
          categories: categories.filter((one) => form.getAll('category').includes(one)),
          subjects: countIn(form, 'subjects'),
          records: countIn(form, 'records'),
          ...(known_at && { known_at }),
        }
      : null,
  }
}

function countIn(form: FormData, name: string): number | null {
  const written = text(form, name)
  return written === '' ? null : Number(written)
}
