import type { OrganisationRequest } from '@haidang/contracts/organisation-request'
import { useLingui } from '@lingui/react/macro'
import { useWords } from '../../language/use-words.ts'
import { useUnits } from './use-units.ts'

/** What stood, what is asked for, and what was kept of it, field by field. */
export function Differences({ request }: { request: OrganisationRequest }) {
  const { t } = useLingui()
  const { label } = useWords()
  const { unitName } = useUnits()
  const names: Readonly<Record<string, string>> = {
    name: request.contact ? t`Họ và tên` : t`Tên tổ chức`,
    purpose: t`Dùng để`,
    position: t`Chức vụ`,
    phone: t`Điện thoại`,
    email: t`Thư điện tử`,
    openpgp: t`Khóa công khai OpenPGP`,
    kind: t`Loại tổ chức`,
    sectors: t`Lĩnh vực`,
    unit: t`Tỉnh, thành phố`,
    address: t`Địa chỉ`,
    website: t`Trang thông tin điện tử`,
  }
  const shown = (field: string, value: string | string[]) => {
    if (Array.isArray(value)) return value.map((each) => label('sector', each)).join(', ') || '—'
    if (field === 'kind') return label('organisationKind', value)
    if (field === 'purpose' && value) return label('contactPurpose', value)
    if (field === 'unit' && value) return unitName(value)
    return value || '—'
  }
  return (
    <dl className="flex flex-col divide-y divide-line rounded-control border px-3">
      {request.differences.map(({ field, before, asked, kept }) => (
        <div key={field} className="grid gap-x-3 py-1.5 sm:grid-cols-[140px_minmax(0,1fr)]">
          <dt className="text-12 text-ink-3">{names[field] ?? field}</dt>
          <dd className="min-w-0 break-words">
            <del className="text-ink-3">{shown(field, before)}</del>{' '}
            <ins className="font-medium no-underline">{shown(field, kept ?? asked)}</ins>
            {kept !== null && shown(field, kept) !== shown(field, asked) ? (
              <span className="text-12 text-ink-3"> {t`(đề nghị: ${shown(field, asked)})`}</span>
            ) : null}
          </dd>
        </div>
      ))}
    </dl>
  )
}
