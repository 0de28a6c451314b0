import { foldVietnamese } from '@haidang/contracts/fold'
import type { ChosenAddressee } from '@haidang/contracts/order-addressing-api'
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useOrganisations } from '../../api/organisations.ts'
import { Check, Field, Input, Textarea } from '../../components/field.tsx'
import { Section } from '../../components/page.tsx'
import { useWords } from '../../language/use-words.ts'
import { AddresseeChoiceFields } from '../orders/addressee-choice.tsx'
import { ConcernedFields } from './concerned-fields.tsx'
import { findRecipients } from './find-recipients.ts'
import { type Recipient, type Recipients, withFound, written } from './recipients.ts'

interface RecipientFieldsProps {
  readonly recipients: Recipients
  readonly onChange: (recipients: Recipients) => void
}

/** Lines shown at once; the others are found by typing. */
const mostShown = 100

/** Whom it is told to: chosen one by one or by what is known of them, each with lines of its own. */
export function RecipientFields({ recipients, onChange }: RecipientFieldsProps) {
  const { t } = useLingui()
  const { number } = useWords()
  const organisations = useOrganisations()
  const [search, setSearch] = useState('')
  const wanted = foldVietnamese(search)
  const known = new Map<string, string>([
    ...[...recipients].map(([id, { name }]) => [id, name] as const),
    ...organisations.map(({ id, name }) => [id, name] as const),
  ])
  const matching = [...known].filter(([, name]) => foldVietnamese(name).includes(wanted))
  const shown = matching.slice(0, mostShown)
  const add = (found: readonly ChosenAddressee[]) => onChange(withFound(recipients, found))
  const toggle = (id: string, name: string) => {
    const next = new Map(recipients)
    if (!next.delete(id)) next.set(id, { name, details: [] })
    onChange(next)
  }
  const write = (id: string, recipient: Recipient) =>
    onChange(new Map(recipients).set(id, recipient))
  return (
    <Section title={t`Nơi nhận`} count={recipients.size || undefined}>
      <AddresseeChoiceFields choose={findRecipients} onFound={add} />
      <ConcernedFields onFound={add} />
      <Input
        type="search"
        aria-label={t`Tìm đơn vị`}
        placeholder={t`Tìm đơn vị`}
        className="mt-2"
        onChange={(event) => setSearch(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.preventDefault()
        }}
      />
      <ul className="max-h-96 divide-y divide-line overflow-y-auto">
        {shown.map(([id, name]) => (
          <li key={id} className="py-1">
            <Check checked={recipients.has(id)} onChange={() => toggle(id, name)}>
              {name}
            </Check>
            <OwnLines
              recipient={recipients.get(id)}
              onChange={(recipient) => write(id, recipient)}
            />
          </li>
        ))}
      </ul>
      {matching.length > shown.length ? (
        <p className="pt-1 text-12 text-ink-3">
          {t`và ${number(matching.length - shown.length)} đơn vị nữa: gõ tên để tìm`}
        </p>
      ) : null}
    </Section>
  )
}

interface OwnLinesProps {
  readonly recipient: Recipient | undefined
  readonly onChange: (recipient: Recipient) => void
}

/** What only one addressee is told. */
function OwnLines({ recipient, onChange }: OwnLinesProps) {
  const { t } = useLingui()
  const { number } = useWords()
  if (!recipient) return null
  const { name, details } = recipient
  const count = written(details).length
  return (
    <details className="pb-2 pl-6 text-13">
      <summary className="min-h-6 cursor-pointer text-12 text-accent">
        {count === 0 ? t`Thêm dòng riêng của ${name}` : t`${number(count)} dòng riêng của ${name}`}
      </summary>
      <Field
        label={t`Dòng riêng của ${name}`}
        help={t`Chỉ đơn vị này thấy: địa chỉ của đơn vị, thấy gì, lúc nào; mỗi dòng một mục`}
      >
        <Textarea
          rows={3}
          className="font-mono text-12"
          value={details.join('\n')}
          onChange={(event) => onChange({ name, details: event.currentTarget.value.split('\n') })}
        />
      </Field>
    </details>
  )
}
