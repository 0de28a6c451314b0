import type { FullRuleSet } from '@haidang/contracts/rule-set'
import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Section } from '../../components/page.tsx'
import { Pill, type Tone } from '../../components/pill.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'

type SetFile = FullRuleSet['files'][number]
const atOnce = 100

/** What the set changed against the one before it, then all it holds. */
export function SetFiles({ set }: { set: FullRuleSet }) {
  const { t } = useLingui()
  const { number } = useWords()
  const [shown, setShown] = useState(atOnce)
  const added = new Set(set.added)
  const changed = new Set(set.changed)
  const markOf = (path: string): { tone: Tone; word: string } | undefined => {
    if (added.has(path)) return { tone: 'good', word: t`thêm` }
    return changed.has(path) ? { tone: 'accent', word: t`đổi` } : undefined
  }
  const files = set.files.toSorted((a, b) => rank(a) - rank(b))
  const removed = set.removed.length
  return (
    <Section title={t`Nội dung`} count={number(set.files.length)}>
      {added.size + changed.size + removed > 0 ? (
        <p className="pt-2 text-12 text-ink-2">
          {t`So với bộ trước: thêm ${number(added.size)}, đổi ${number(changed.size)}, bỏ ${number(removed)}.`}
        </p>
      ) : null}
      <ul className="divide-y divide-line">
        {set.removed.map((path) => (
          <li key={path} className="flex min-h-8 items-center gap-3 py-1">
            <Pill tone="high">{t`bỏ`}</Pill>
            <code className="min-w-0 truncate text-12 text-ink-2">{path}</code>
          </li>
        ))}
        {files.slice(0, shown).map((file) => (
          <FileLine key={file.path} file={file} mark={markOf(file.path)} />
        ))}
      </ul>
      {files.length > shown ? (
        <Button look="quiet" size="small" onClick={() => setShown(shown + atOnce)}>
          {t`Xem thêm`}
        </Button>
      ) : null}
    </Section>
  )

  function rank({ path }: SetFile): number {
    return added.has(path) || changed.has(path) ? 0 : 1
  }
}

interface FileLineProps {
  readonly file: SetFile
  readonly mark: { readonly tone: Tone; readonly word: string } | undefined
}

function FileLine({ file, mark }: FileLineProps) {
  const { t } = useLingui()
  const id = /^rules\/(rul_[\w-]+)\.yml$/.exec(file.path)?.[1]
  return (
    <li className="flex min-h-8 flex-wrap items-center gap-x-3 py-1">
      {mark ? <Pill tone={mark.tone}>{mark.word}</Pill> : null}
      {id ? (
        <Link
          to="/rules/library/$id"
          params={{ id }}
          className="min-w-0 truncate font-medium hover:underline"
        >
          {file.title || file.path}
        </Link>
      ) : (
        <span className="min-w-0 truncate">{t`Tinh chỉnh: ${file.title}`}</span>
      )}
      {file.version === null ? null : (
        <span className="text-12 text-ink-2">{t`bản ${file.version}`}</span>
      )}
      {file.expires_at ? (
        <span className="text-12 text-ink-3">
          {t`hết hạn`} <Time at={file.expires_at} as="absolute" />
        </span>
      ) : null}
      <code className="ml-auto text-12 text-ink-3 max-sm:hidden" title={file.sha256}>
        {file.sha256.slice(0, 12)}
      </code>
    </li>
  )
}
