import { labels } from '@haidang/contracts/labels'
import type { Organisation, OrganisationKind, Sector } from '@haidang/contracts/organisation'
import { useLingui } from '@lingui/react/macro'
import { ChooseMany } from '../../components/choose-many.tsx'
import { Field, Input, Select } from '../../components/field.tsx'
import { type Errors, text } from '../../components/form.ts'
import { useWords } from '../../language/use-words.ts'
import { useUnits } from './use-units.ts'

/** What the fields say, for the contract to judge. */
export function draftIn(form: FormData) {
  return {
    code: text(form, 'code'),
    name: text(form, 'name'),
    kind: text(form, 'kind') as OrganisationKind,
    sectors: form.getAll('sectors') as Sector[],
    unit: text(form, 'unit'),
    address: text(form, 'address'),
    website: text(form, 'website'),
  }
}

interface OrganisationFieldsProps {
  readonly organisation?: Partial<Organisation> | undefined
  readonly wrong: Errors
  /** Whether the code is asked for, too. */
  readonly hasCode?: boolean
}

/** What identifies an organisation, asked for or changed. */
export function OrganisationFields({
  organisation = {},
  wrong,
  hasCode = true,
}: OrganisationFieldsProps) {
  const { t } = useLingui()
  const { label } = useWords()
  const { units } = useUnits()
  const sectors = Object.keys(labels.sector).map((value) => ({
    value,
    name: label('sector', value),
  }))
  return (
    <>
      <Field label={t`Tên tổ chức`} error={wrong['name']} className="sm:col-span-2">
        <Input name="name" defaultValue={organisation.name} autoFocus />
      </Field>
      {hasCode ? (
        <Field
          label={t`Mã định danh`}
          help={t`Chữ không dấu, số, dấu chấm, gạch nối`}
          error={wrong['code']}
        >
          <Input name="code" defaultValue={organisation.code} className="font-mono" />
        </Field>
      ) : null}
      <Field label={t`Loại tổ chức`}>
        <Select name="kind" defaultValue={organisation.kind ?? 'government_office'}>
          {Object.keys(labels.organisationKind).map((kind) => (
            <option key={kind} value={kind}>
              {label('organisationKind', kind)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t`Tỉnh, thành phố`} error={wrong['unit']}>
        <Select key={units.length} name="unit" defaultValue={organisation.unit ?? ''}>
          <option value="">{t`Không gắn với tỉnh, thành phố`}</option>
          {units.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t`Trang thông tin điện tử`} error={wrong['website']}>
        <Input name="website" type="url" defaultValue={organisation.website} />
      </Field>
      <Field label={t`Địa chỉ`} error={wrong['address']} className="sm:col-span-2">
        <Input name="address" defaultValue={organisation.address} />
      </Field>
      <ChooseMany
        name="sectors"
        label={t`Lĩnh vực ưu tiên`}
        choices={sectors}
        defaultValue={organisation.sectors ?? []}
        search={t`Tìm lĩnh vực`}
        error={wrong['sectors']}
        className="sm:col-span-2"
      />
    </>
  )
}
