import type { ReleaseVersion } from '@haidang/contracts/release'
import { useLingui } from '@lingui/react/macro'
import { Time } from '../../components/time.tsx'

/** Who changed what leaves, when and why; newest first. */
export function ReleaseHistory({ versions }: { versions: readonly ReleaseVersion[] }) {
  const { t } = useLingui()
  const written = versions.filter(({ version }) => version > 0)
  if (written.length === 0) {
    return (
      <p className="py-2 text-ink-3">{t`Chưa ai thay đổi; chính sách mặc định có hiệu lực.`}</p>
    )
  }
  return (
    <ul className="divide-y divide-line">
      {written.map(({ version, reason, actor_name, created_at, policy }) => (
        <li key={version} className="py-2">
          <p className="flex flex-wrap items-baseline gap-x-2">
            <span className="font-medium">{t`Bản ${version}`}</span>
            <span className="text-12 text-ink-3">
              {actor_name} · {created_at ? <Time at={created_at} as="absolute" /> : null} ·{' '}
              {t`${policy.rules.length} luật, ${policy.exceptions.length} ngoại lệ`}
            </span>
          </p>
          <p className="break-words text-13 text-ink-2">{reason}</p>
        </li>
      ))}
    </ul>
  )
}
