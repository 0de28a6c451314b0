import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Section } from '../../components/page.tsx'
import { Time } from '../../components/time.tsx'

/** Who changed how long records about people are kept, when and why; newest first. */
export function PersonalVersions() {
  const { t } = useLingui()
  const query = useQuery({
    queryKey: ['personal-data', 'versions'],
    queryFn: ({ signal }) => api.personalData.versions({ query: { limit: 100 } }, signal),
  })
  return (
    <Section title={t`Lịch sử`}>
      <Asked query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="py-2 text-ink-3">{t`Chưa ai thay đổi; thời hạn mặc định có hiệu lực.`}</p>
          ) : (
            <ul className="divide-y divide-line">
              {items.map(({ version, reason, changed_by, changed_at }) => (
                <li key={version} className="py-2">
                  <p className="flex flex-wrap items-baseline gap-x-2">
                    <span className="font-medium">{t`Bản ${version}`}</span>
                    <span className="text-12 text-ink-3">
                      {changed_by} · {changed_at ? <Time at={changed_at} as="absolute" /> : null}
                    </span>
                  </p>
                  <p className="break-words text-13 text-ink-2">{reason}</p>
                </li>
              ))}
            </ul>
          )
        }
      </Asked>
    </Section>
  )
}
