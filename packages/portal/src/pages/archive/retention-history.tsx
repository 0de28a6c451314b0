import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Section } from '../../components/page.tsx'
import { Time } from '../../components/time.tsx'

/** Who changed how long events are kept, when and why; newest first. */
export function RetentionHistory() {
  const { t } = useLingui()
  const query = useQuery({
    queryKey: ['archive', 'versions'],
    queryFn: ({ signal }) => api.archive.retentionVersions({ query: { limit: 100 } }, signal),
  })
  return (
    <Section title={t`Lịch sử`}>
      <Asked query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="py-2 text-ink-3">{t`Chưa ai thay đổi; thời hạn mặc định có hiệu lực.`}</p>
          ) : (
            <ul className="divide-y divide-line">
              {items.map(({ version, reason, actor_name, created_at }) => (
                <li key={version} className="py-2">
                  <p className="flex flex-wrap items-baseline gap-x-2">
                    <span className="font-medium">{t`Bản ${version}`}</span>
                    <span className="text-12 text-ink-3">
                      {actor_name} · {created_at ? <Time at={created_at} as="absolute" /> : null}
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
