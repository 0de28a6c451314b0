import type { Person } from '@haidang/contracts/person'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Check, Field, Select } from '../../components/field.tsx'
import { text } from '../../components/form.ts'
import { NamedOptions } from '../../components/options.tsx'
import { useOwners } from './use-owners.ts'

/** Chosen: what the person answers for is disabled with them. */
const nobody = 'nobody'

interface PersonBarringProps {
  readonly person: Person
  readonly error?: string | undefined
}

/** Disabling somebody, and who takes over the service accounts they answer for. */
export function PersonBarring({ person, error }: PersonBarringProps) {
  const { t } = useLingui()
  const [disabled, setDisabled] = useState(person.disabled)
  return (
    <>
      <Check
        name="disabled"
        checked={disabled}
        onChange={({ target }) => setDisabled(target.checked)}
        className="sm:col-span-2"
      >
        {t`Khóa tài khoản (không đăng nhập được)`}
      </Check>
      {disabled && !person.disabled ? <Successor person={person} error={error} /> : null}
    </>
  )
}

function Successor({ person, error }: PersonBarringProps) {
  const { t } = useLingui()
  const owners = useOwners(person.organisation_id).filter(({ id }) => id !== person.id)
  const { data } = useQuery({
    queryKey: ['people', 'services', 'owned', person.id],
    queryFn: ({ signal }) =>
      api.serviceAccounts.list(
        { query: { limit: 200, filter: `owner_id:${person.id} not disabled:true` } },
        signal,
      ),
  })
  const owned = data?.items ?? []
  if (owned.length === 0) return null
  return (
    <Field
      label={
        <Trans>
          Ai chịu trách nhiệm thay cho <Plural value={owned.length} other="# tài khoản dịch vụ" />
        </Trans>
      }
      help={owned.map(({ name }) => name).join(', ')}
      error={error}
      className="sm:col-span-2"
    >
      <Select name="successor_id" defaultValue="">
        <option value="">{t`Chưa chọn`}</option>
        <NamedOptions of={owners} />
        <option
          value={nobody}
        >{t`Không ai: khóa luôn các tài khoản ấy, thu hồi khóa của chúng`}</option>
      </Select>
    </Field>
  )
}

/** What was chosen, as the API takes it. */
export function barringIn(form: FormData): { disabled: boolean; successor_id?: string | null } {
  const disabled = form.has('disabled')
  const chosen = text(form, 'successor_id')
  if (chosen === '') return { disabled }
  return { disabled, successor_id: chosen === nobody ? null : chosen }
}
