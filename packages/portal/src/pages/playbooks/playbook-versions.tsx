import type { Playbook, PlaybookContent, PlaybookVersionHead } from '@haidang/contracts/playbook'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Section } from '../../components/page.tsx'
import { Pill } from '../../components/pill.tsx'
import { LoadingRows } from '../../components/states.tsx'
import { Time } from '../../components/time.tsx'
import { plainDate } from '../../format/instant.ts'
import { useWords } from '../../language/use-words.ts'
import { VersionDiff } from '../rules/version-diff.tsx'
import { PlaybookTasks } from './playbook-tasks.tsx'
import { playbookLines } from './playbook-text.ts'

/** What each version is, since when and why, and what it changed; the newest first. */
export function PlaybookVersions({ playbook }: { playbook: Playbook }) {
  const { t } = useLingui()
  const { versions } = playbook
  if (versions.length === 0) return null
  return (
    <Section title={t`Các bản`} count={versions.length}>
      <ol className="divide-y divide-line text-13">
        {versions.map((one, place) => (
          <VersionLine
            key={one.version}
            id={playbook.id}
            one={one}
            before={versions[place + 1]?.version}
          />
        ))}
      </ol>
    </Section>
  )
}

interface VersionLineProps {
  readonly id: string
  readonly one: PlaybookVersionHead
  readonly before: number | undefined
}

function VersionLine({ id, one, before }: VersionLineProps) {
  const { t } = useLingui()
  const { label } = useWords()
  const [open, setOpen] = useState<'read' | 'diff' | null>(null)
  const { version, state, valid_from, reason, published_at, published_by } = one
  const toggle = (what: 'read' | 'diff') => setOpen(open === what ? null : what)
  const act = 'min-h-6 text-12 text-accent hover:underline'
  return (
    <li className="py-2">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-12 text-ink-3">
        <span className="font-semibold text-13 text-ink">{t`Bản ${version}`}</span>
        <Pill tone={state === 'in_force' ? 'good' : state === 'upcoming' ? 'accent' : 'neutral'}>
          {label('playbookVersionState', state)}
        </Pill>
        <span>{t`từ ngày ${plainDate(valid_from)}`}</span>
        <span>{published_by}</span>
        <Time at={published_at} as="absolute" />
      </p>
      <p className="break-words">{reason}</p>
      <p className="flex gap-4">
        <button
          type="button"
          className={act}
          aria-expanded={open === 'read'}
          onClick={() => toggle('read')}
        >{t`Xem bản này`}</button>
        {before === undefined ? null : (
          <button
            type="button"
            className={act}
            aria-expanded={open === 'diff'}
            onClick={() => toggle('diff')}
          >{t`Khác bản ${before}`}</button>
        )}
      </p>
      {open === 'read' ? <Reading id={id} version={version} /> : null}
      {open === 'diff' && before !== undefined ? (
        <Difference id={id} before={before} after={version} />
      ) : null}
    </li>
  )
}

function useVersion(id: string, version: number) {
  return useQuery({
    queryKey: ['playbooks', 'version', id, version],
    queryFn: ({ signal }) => api.playbooks.version({ params: { id, version } }, signal),
  })
}

function Reading({ id, version }: { id: string; version: number }) {
  const query = useVersion(id, version)
  return (
    <Asked query={query} loading={<LoadingRows rows={3} />}>
      {({ content }) => <PlaybookTasks content={content} />}
    </Asked>
  )
}

function Difference({ id, before, after }: { id: string; before: number; after: number }) {
  const old = useVersion(id, before)
  const now = useVersion(id, after)
  return (
    <Asked query={old} loading={<LoadingRows rows={3} />}>
      {(one) => (
        <Asked query={now} loading={<LoadingRows rows={3} />}>
          {(two) => <PlaybookDiff before={one} after={two} />}
        </Asked>
      )}
    </Asked>
  )
}

interface Said {
  readonly version: number
  readonly content: PlaybookContent
}

/** What one version says otherwise than another, line by line. */
export function PlaybookDiff({ before, after }: { before: Said; after: Said }) {
  const { t } = useLingui()
  const { language, label } = useWords()
  const names = {
    types: t`Loại sự cố`,
    due: t`Hạn`,
    source: t`Căn cứ`,
    needs: t`Sau khi xong`,
    phase: (phase: string) => label('responsePhase', phase),
    type: (type: string) => label('incidentType', type),
  }
  const textOf = ({ version, content }: Said) => ({
    version,
    text: playbookLines(content, language, names),
  })
  return <VersionDiff before={textOf(before)} after={textOf(after)} />
}
