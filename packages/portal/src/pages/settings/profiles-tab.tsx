import type { RegulationSummary } from '@haidang/contracts/regulation-api'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { gutter } from '../../components/page.tsx'
import { Pill } from '../../components/pill.tsx'
import { plainDate } from '../../format/instant.ts'
import { useWords } from '../../language/use-words.ts'
import { cn } from '../../theme/cn.ts'
import { ProfileFile } from './profile-file.tsx'
import { useValidity } from './use-validity.ts'

/** The rules this node works under, profile by profile. */
export function ProfilesTab() {
  const { t } = useLingui()
  const query = useQuery({
    queryKey: ['regulations'],
    queryFn: ({ signal }) => api.regulations.list({}, signal),
  })
  return (
    <div className={cn('flex max-w-4xl flex-col gap-3 py-5', gutter)}>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <p className="max-w-2xl text-13 text-ink-2">
          {t`Thời hạn, biểu mẫu, ngày nghỉ và đơn vị hành chính được tính theo các hồ sơ có hiệu lực vào ngày của sự việc. Mỗi mục ghi căn cứ; mục tạm thời ghi vì sao chưa chắc.`}
        </p>
        <ProfileFile />
      </div>
      <Asked query={query}>
        {({ items }) => (
          <ul className="divide-y divide-line border-line border-y">
            {items.map((item) => (
              <Profile key={item.current.profile} item={item} />
            ))}
          </ul>
        )}
      </Asked>
    </div>
  )
}

function Profile({ item }: { item: RegulationSummary }) {
  const { t } = useLingui()
  const { language, number } = useWords()
  const validity = useValidity()
  const { current, name, in_force, scheduled, entries, provisional } = item
  return (
    <li className="py-3">
      <p className="flex flex-wrap items-center gap-2">
        <Link
          to="/settings/regulations/$profile"
          params={{ profile: current.profile }}
          className="font-medium text-accent hover:underline"
        >
          {name[language]}
        </Link>
        {in_force ? (
          <Pill tone="good">{t`đang hiệu lực`}</Pill>
        ) : (
          <Pill>{t`không hiệu lực hôm nay`}</Pill>
        )}
        {scheduled.map(({ version, effective_from }) => (
          <Pill
            key={version}
            tone="medium"
          >{t`bản ${version} từ ${plainDate(effective_from)}`}</Pill>
        ))}
      </p>
      <p className="text-12 text-ink-3">
        <span className="font-mono">{current.profile}</span> · {t`bản ${current.version}`} ·{' '}
        {validity(item)} · {t`${number(entries)} mục, ${number(provisional)} tạm thời`}
        {item.calendar_until === null ? '' : ` · ${t`lịch tới năm ${item.calendar_until}`}`}
      </p>
    </li>
  )
}
