import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { useMay } from '../../api/session.ts'
import { Asked } from '../../components/asked.tsx'
import { gutter, Section } from '../../components/page.tsx'
import { cn } from '../../theme/cn.ts'
import { PersonalPeriods } from './personal-periods.tsx'
import { PersonalRegister } from './personal-register.tsx'
import { PersonalVersions } from './personal-versions.tsx'

/** Which records about people there are, why, and how long they are kept. */
export function PersonalDataTab() {
  const { t } = useLingui()
  const mayManage = useMay()('person.manage')
  return (
    <div className={cn('flex max-w-6xl flex-col gap-8 py-5', gutter)}>
      {mayManage ? (
        <Section title={t`Thời hạn lưu giữ`}>
          <Retention />
        </Section>
      ) : null}
      {mayManage ? <PersonalVersions /> : null}
      <PersonalRegister />
    </div>
  )
}

function Retention() {
  const query = useQuery({
    queryKey: ['personal-data', 'retention'],
    queryFn: ({ signal }) => api.personalData.retention({}, signal),
  })
  return (
    <Asked query={query}>
      {(status) => <PersonalPeriods key={status.policy.version} status={status} />}
    </Asked>
  )
}
