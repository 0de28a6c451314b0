import type { Organisation } from '@haidang/contracts/organisation'
import { useLingui } from '@lingui/react/macro'
import { Fact, Facts } from '../../components/facts.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { useUnits } from './use-units.ts'

export function OrganisationOverview({ organisation }: { organisation: Organisation }) {
  const { t } = useLingui()
  const { label } = useWords()
  const { unitName } = useUnits()
  const { unit, address, website, sectors, created_at, updated_at } = organisation
  return (
    <div className="max-w-2xl">
      <Facts>
        <Fact name={t`Loại tổ chức`}>{label('organisationKind', organisation.kind)}</Fact>
        <Fact name={t`Lĩnh vực`}>
          {sectors.map((each) => label('sector', each)).join(', ') || '—'}
        </Fact>
        <Fact name={t`Tỉnh, thành phố`}>{unit ? unitName(unit) : '—'}</Fact>
        <Fact name={t`Địa chỉ`}>{address || '—'}</Fact>
        <Fact name={t`Trang tin`}>
          {website ? (
            <a href={website} rel="noreferrer" target="_blank" className="underline">
              {website}
            </a>
          ) : (
            '—'
          )}
        </Fact>
        <Fact name={t`Ghi vào sổ`}>
          <Time at={created_at} as="absolute" />
        </Fact>
        <Fact name={t`Sửa lần cuối`}>
          <Time at={updated_at} as="absolute" />
        </Fact>
      </Facts>
    </div>
  )
}
