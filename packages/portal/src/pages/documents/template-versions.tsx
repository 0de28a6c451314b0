import type { TemplateVersion } from '@haidang/contracts/document-template'
import { useLingui } from '@lingui/react/macro'
import { Button } from '../../components/button.tsx'
import { Time } from '../../components/time.tsx'

interface TemplateVersionsProps {
  readonly versions: readonly TemplateVersion[]
  readonly busy: boolean
  readonly onReturn: (version: TemplateVersion) => void
}

/** Who changed a template, when and why, and the way back to each version. */
export function TemplateVersions({ versions, busy, onReturn }: TemplateVersionsProps) {
  const { t } = useLingui()
  return (
    <section>
      <h3 className="font-semibold text-13">{t`Các bản`}</h3>
      <ul className="divide-y divide-line">
        {versions.map((one, n) => (
          <li key={one.version} className="flex flex-col items-start gap-1 py-2 text-13">
            <span className="font-medium">
              {one.version === 0 ? t`Bản đi kèm hệ thống` : t`Bản ${one.version}`}
            </span>
            {one.made_at ? (
              <span className="text-12 text-ink-3">
                {one.made_by_name} · <Time at={one.made_at} as="absolute" />
              </span>
            ) : null}
            {one.note ? <span className="break-words text-ink-2">{one.note}</span> : null}
            {n === 0 ? (
              <span className="text-12 text-good">{t`✓ Đang dùng`}</span>
            ) : (
              <Button size="small" look="quiet" busy={busy} onClick={() => onReturn(one)}>
                {t`Dùng lại bản này`}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
