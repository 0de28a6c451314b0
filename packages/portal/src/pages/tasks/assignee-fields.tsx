import type { TaskAssignee } from '@haidang/contracts/task'
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useOrganisations } from '../../api/organisations.ts'
import { Field, Select } from '../../components/field.tsx'
import { text } from '../../components/form.ts'
import { NamedOptions } from '../../components/options.tsx'
import { useOwners } from '../admin/use-owners.ts'

interface AssigneeFieldsProps {
  readonly organisationId?: string | null
  readonly personId?: string | null
}

/** Who is to do it: an organisation, and there somebody, or whoever they choose. */
export function AssigneeFields({ organisationId, personId }: AssigneeFieldsProps) {
  const { t } = useLingui()
  const organisations = useOrganisations()
  const [organisation, setOrganisation] = useState(organisationId ?? '')
  const people = useOwners(organisation)
  return (
    <>
      <Field label={t`Giao cho đơn vị`}>
        <Select
          name="organisation_id"
          value={organisation}
          onChange={(event) => setOrganisation(event.currentTarget.value)}
        >
          <option value="">{t`Chưa giao`}</option>
          <NamedOptions of={organisations} />
        </Select>
      </Field>
      <Field label={t`Người làm`}>
        <Select
          key={`${organisation}.${people.length}`}
          name="person_id"
          defaultValue={organisation === organisationId ? (personId ?? '') : ''}
          disabled={organisation === ''}
        >
          <option value="">{t`Đơn vị tự phân công`}</option>
          <NamedOptions of={people} />
        </Select>
      </Field>
    </>
  )
}

/** Whom the fields name; null: nobody. */
export function assigneeIn(form: FormData): TaskAssignee | null {
  const person_id = text(form, 'person_id')
  const organisation_id = text(form, 'organisation_id')
  if (person_id) return { person_id }
  return organisation_id ? { organisation_id } : null
}
