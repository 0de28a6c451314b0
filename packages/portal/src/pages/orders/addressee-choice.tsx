import { labels } from '@haidang/contracts/labels'
import type { AddresseeChoice, ChosenAddressee } from '@haidang/contracts/order-addressing-api'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useMay } from '../../api/session.ts'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Select, Textarea } from '../../components/field.tsx'
import { noErrors } from '../../components/form.ts'
import { useWords } from '../../language/use-words.ts'

interface Found {
  readonly items: readonly ChosenAddressee[]
  readonly unowned: readonly string[]
}

/** Finds whom a choice of addressees names. */
type Choose = (choice: Partial<AddresseeChoice>) => Promise<Found>

/** All pages of whom a choice names. */
export const chooseAddressees: Choose = (choice) =>
  allPages((cursor) => api.orderAddressing.preview({ body: { ...choice, cursor, limit: 2_000 } }))

/** Reads on until there is no next page; what is told beside the items is that of the last. */
export async function allPages<P extends Found & { readonly next: string | null }>(
  read: (cursor: string | undefined) => Promise<P>,
): Promise<P> {
  const items: ChosenAddressee[] = []
  let page = await read(undefined)
  items.push(...page.items)
  while (page.next !== null) {
    page = await read(page.next)
    items.push(...page.items)
  }
  return { ...page, items }
}

interface AddresseeChoiceFieldsProps {
  /** Who is asked; those an order may be for unless told. */
  readonly choose?: Choose
  readonly onFound: (items: readonly ChosenAddressee[]) => void
}

function filterOf(parts: Readonly<Record<string, string>>): string {
  return Object.entries(parts)
    .filter(([, value]) => value !== '')
    .map(([field, value]) => `${field}:${value}`)
    .join(' and ')
}

/** Adds addressees by kind, sector and province, by sharing group, or by what belongs to them. */
export function AddresseeChoiceFields({
  choose = chooseAddressees,
  onFound,
}: AddresseeChoiceFieldsProps) {
  const { t } = useLingui()
  const { label, number } = useWords()
  const may = useMay()
  const [kind, setKind] = useState('')
  const [sector, setSector] = useState('')
  const [group, setGroup] = useState('')
  const [owned, setOwned] = useState('')
  const groups = useQuery({
    queryKey: ['groups', 'all'],
    queryFn: ({ signal }) => api.sharingGroups.list({ query: { limit: 500 } }, signal),
    enabled: may('organisation.read'),
  })
  const find = useMutation({
    mutationFn: () =>
      choose({
        filter: filterOf({ kind, sector }),
        groups: group ? [group] : [],
        owners_of: owned.split('\n').filter((line) => line.trim() !== ''),
      }),
    onSuccess: ({ items }) => onFound(items),
  })
  const isEmpty = !kind && !sector && !group && !owned.trim()
  const without = find.data?.items.filter(({ has_duty }) => !has_duty) ?? []
  return (
    <fieldset className="grid gap-3 py-3 sm:grid-cols-3">
      <legend className="float-left w-full pb-2 font-medium sm:col-span-3">{t`Thêm nhiều đơn vị`}</legend>
      <Field label={t`Loại tổ chức`}>
        <Select value={kind} onChange={(event) => setKind(event.currentTarget.value)}>
          <option value="">{t`Mọi loại`}</option>
          {Object.keys(labels.organisationKind).map((one) => (
            <option key={one} value={one}>
              {label('organisationKind', one)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t`Lĩnh vực`}>
        <Select value={sector} onChange={(event) => setSector(event.currentTarget.value)}>
          <option value="">{t`Mọi lĩnh vực`}</option>
          {Object.keys(labels.sector).map((one) => (
            <option key={one} value={one}>
              {label('sector', one)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t`Nhóm chia sẻ`}>
        <Select value={group} onChange={(event) => setGroup(event.currentTarget.value)}>
          <option value="">{t`Không theo nhóm`}</option>
          {(groups.data?.items ?? []).map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field
        label={t`Chủ sở hữu của`}
        optional={t`không bắt buộc`}
        help={t`Địa chỉ, tên miền, URL; mỗi dòng một mục`}
        className="sm:col-span-3"
      >
        <Textarea
          rows={2}
          value={owned}
          onChange={(event) => setOwned(event.currentTarget.value)}
          className="font-mono text-12"
        />
      </Field>
      <ErrorSummary errors={noErrors} error={find.error} />
      <div className="flex flex-wrap items-center gap-3 sm:col-span-3">
        <Button
          size="small"
          busy={find.isPending}
          refusal={isEmpty ? t`Chưa chọn điều kiện nào` : undefined}
          onClick={() => find.mutate()}
        >
          {t`Thêm vào nơi nhận`}
        </Button>
        {find.data ? (
          <p className="text-13 text-ink-2" role="status">
            {t`Đã thêm ${number(find.data.items.length)} đơn vị.`}{' '}
            {without.length > 0
              ? t`${number(without.length)} đơn vị chưa có đầu mối trực: ${namesOf(without)}.`
              : null}{' '}
            {find.data.unowned.length > 0
              ? t`${number(find.data.unowned.length)} mục không rõ chủ sở hữu: ${find.data.unowned.slice(0, 5).join(', ')}.`
              : null}
          </p>
        ) : null}
      </div>
    </fieldset>
  )
}

function namesOf(addressees: readonly ChosenAddressee[]): string {
  const names = addressees.slice(0, 5).map(({ organisation_name }) => organisation_name)
  return names.join(', ') + (addressees.length > names.length ? '…' : '')
}
