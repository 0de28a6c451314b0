import { useLingui } from '@lingui/react/macro'
import type { UseQueryResult } from '@tanstack/react-query'
import { Asked } from './asked.tsx'
import { Section } from './page.tsx'
import { Time } from './time.tsx'

interface Version {
  readonly version: number
  readonly reason: string
  readonly by: string
  /** Null: as shipped. */
  readonly at: string | null
}

/** Who changed how long something is kept, when and why; newest first. */
export function VersionList({ query }: { query: UseQueryResult<readonly Version[]> }) {
  const { t } = useLingui()
  return (
    <Section title={t`Lịch sử`}>
      <Asked query={query}>
        {(versions) =>
          versions.length === 0 ? (
            <p className="py-2 text-ink-3">{t`Chưa ai thay đổi; thời hạn mặc định có hiệu lực.`}</p>
          ) : (
            <ul className="divide-y divide-line">
              {versions.map(({ version, reason, by, at }) => (
                <li key={version} className="py-2">
                  <p className="flex flex-wrap items-baseline gap-x-2">
                    <span className="font-medium">{t`Bản ${version}`}</span>
                    <span className="text-12 text-ink-3">
                      {by} · {at ? <Time at={at} as="absolute" /> : null}
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
