import type { FullLibraryRule, RuleVersion } from '@haidang/contracts/rule-library'
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Select } from '../../components/field.tsx'
import { Section } from '../../components/page.tsx'
import { Pill } from '../../components/pill.tsx'
import { Time } from '../../components/time.tsx'
import { VersionDiff } from './version-diff.tsx'

/** Every text the rule had, who wrote and who reviewed it, and what changed between two. */
export function RuleVersions({ rule }: { rule: FullLibraryRule }) {
  const { t } = useLingui()
  const { versions } = rule
  return (
    <Section title={t`Các phiên bản`} count={versions.length}>
      {versions.length > 1 ? <Compare versions={versions} /> : null}
      <ul className="divide-y divide-line">
        {versions.map((version) => (
          <li key={version.version} className="flex flex-col gap-0.5 py-2">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <span className="font-medium">{t`Bản ${version.version}`}</span>
              <Verdict version={version} />
              {version.version === rule.published_version ? (
                <Pill tone="good">{t`trong bộ luật mới nhất`}</Pill>
              ) : null}
              <span className="text-ink-2">
                {version.author_name} · <Time at={version.created_at} as="absolute" />
              </span>
              <code className="ml-auto text-12 text-ink-3" title={version.hash}>
                {version.hash.slice(0, 12)}
              </code>
            </div>
            {version.reviewed_at ? (
              <p className="text-12 text-ink-2">
                {t`Người duyệt: ${version.reviewer_name ?? '—'}`} ·{' '}
                <Time at={version.reviewed_at} as="absolute" />
                {version.review_note ? ` · ${version.review_note}` : ''}
              </p>
            ) : null}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Verdict({ version }: { version: RuleVersion }) {
  const { t } = useLingui()
  if (version.verdict === null) return null
  return version.verdict === 'approved' ? (
    <Pill tone="good">{t`Đã duyệt`}</Pill>
  ) : (
    <Pill tone="high">{t`Trả lại`}</Pill>
  )
}

function Compare({ versions }: { versions: readonly RuleVersion[] }) {
  const { t } = useLingui()
  const [newest, previous] = versions
  const [from, setFrom] = useState(previous?.version)
  const [to, setTo] = useState(newest?.version)
  const before = versions.find(({ version }) => version === from) ?? previous
  const after = versions.find(({ version }) => version === to) ?? newest
  const choice = (label: string, value: number | undefined, set: (version: number) => void) => (
    <Select
      aria-label={label}
      className="w-32"
      value={value}
      onChange={({ currentTarget }) => set(Number(currentTarget.value))}
    >
      {versions.map(({ version }) => (
        <option key={version} value={version}>
          {t`Bản ${version}`}
        </option>
      ))}
    </Select>
  )
  return (
    <div className="flex flex-col gap-2 py-3">
      <div className="flex flex-wrap items-center gap-2">
        <span className="text-12 text-ink-3">{t`So sánh`}</span>
        {choice(t`Từ bản`, before?.version, setFrom)}
        <span aria-hidden="true">→</span>
        {choice(t`Tới bản`, after?.version, setTo)}
      </div>
      {before && after ? <VersionDiff before={before} after={after} /> : null}
    </div>
  )
}
