import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Section } from '../../components/page.tsx'
import { Time } from '../../components/time.tsx'
import { plainDate } from '../../format/instant.ts'
import { ChangeList } from './change-list.tsx'

/** Who put which version of a profile into force, when, why, and what it changed; newest first. */
export function ProfileHistory({ profile }: { profile: string }) {
  const { t } = useLingui()
  const query = useQuery({
    queryKey: ['regulations', profile, 'versions'],
    queryFn: ({ signal }) =>
      api.regulations.versions({ params: { profile }, query: { limit: 100 } }, signal),
  })
  return (
    <Section title={t`Lịch sử`}>
      <Asked query={query}>
        {({ items }) => (
          <ul className="divide-y divide-line">
            {items.map(({ version, effective_from, reason, actor_name, created_at, changes }) => (
              <li key={version} className="py-2">
                <p className="flex flex-wrap items-baseline gap-x-2">
                  <span className="font-medium">{t`Bản ${version}`}</span>
                  <span className="text-12 text-ink-3">{t`từ ${plainDate(effective_from)}`}</span>
                </p>
                {created_at ? (
                  <>
                    <p className="text-12 text-ink-3">
                      {actor_name} · <Time at={created_at} as="absolute" />
                    </p>
                    <p className="break-words text-13 text-ink-2">{reason}</p>
                    <details className="text-13">
                      <summary className="min-h-6 cursor-pointer text-12 text-accent">
                        {t`${changes.length} mục thay đổi`}
                      </summary>
                      <ChangeList changes={changes} />
                    </details>
                  </>
                ) : (
                  <p className="text-13 text-ink-2">{t`Đi kèm phần mềm.`}</p>
                )}
              </li>
            ))}
          </ul>
        )}
      </Asked>
    </Section>
  )
}
