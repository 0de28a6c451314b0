import type { Coverage } from '@haidang/contracts/rule-library'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { gutter, Section } from '../../components/page.tsx'
import { Empty, LoadingRows } from '../../components/states.tsx'
import { useWords } from '../../language/use-words.ts'
import { cn } from '../../theme/cn.ts'
import { useRecentSets } from './recent-sets.ts'

type Technique = Coverage['techniques'][number]

/** Rules the newest set holds, whatever was written since. */
function usePublished(): ReadonlySet<string> {
  const [newest] = useRecentSets()
  const number = String(newest?.number ?? 0)
  const { data } = useQuery({
    queryKey: ['rule-sets', 'one', number],
    queryFn: ({ signal }) => api.ruleSets.get({ params: { number } }, signal),
    enabled: newest !== undefined,
  })
  return useMemo(
    () => new Set(data?.files.map(({ path }) => path.replace(/^rules\/|\.yml$/g, ''))),
    [data],
  )
}

/** Which ATT&CK techniques the library looks for, and how much of it the stations already have. */
export function CoverageTab() {
  const query = useQuery({
    queryKey: ['rule-library', 'coverage'],
    queryFn: ({ signal }) => api.ruleLibrary.coverage({}, signal),
  })
  return (
    <div className={`flex flex-col gap-8 py-5 ${gutter}`}>
      <Asked query={query} loading={<LoadingRows />}>
        {(coverage) => <Matrix coverage={coverage} />}
      </Asked>
    </div>
  )
}

function Matrix({ coverage }: { coverage: Coverage }) {
  const { t } = useLingui()
  const { number } = useWords()
  const published = usePublished()
  const { techniques, tactics, untagged, attack_version } = coverage
  if (techniques.length === 0 && tactics.length === 0) {
    return (
      <Empty title={t`Chưa luật nào gắn kỹ thuật ATT&CK`}>
        {t`Gắn nhãn như attack.t1059.001 vào luật; các kỹ thuật hiện ở đây với số luật tìm chúng.`}
      </Empty>
    )
  }
  return (
    <>
      <p className="text-ink-2">
        {t`${number(techniques.length)} kỹ thuật có luật`} ·{' '}
        {t`${number(untagged)} luật chưa gắn kỹ thuật`}
        {attack_version ? ` · ATT&CK ${attack_version}` : ''}
      </p>
      <Tactics tactics={tactics} />
      <Section title={t`Kỹ thuật`} acts={<Key />}>
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(10.5rem,1fr))] gap-2 pt-3">
          {techniques.map((technique) => (
            <Cell key={technique.id} technique={technique} inSet={published} />
          ))}
        </ul>
      </Section>
    </>
  )
}

function Tactics({ tactics }: Pick<Coverage, 'tactics'>) {
  const { t } = useLingui()
  const { number } = useWords()
  const most = Math.max(...tactics.map(({ rules }) => rules), 1)
  if (tactics.length === 0) return null
  return (
    <Section title={t`Số luật theo chiến thuật`}>
      <ul className="flex max-w-2xl flex-col gap-1 pt-2">
        {tactics.map(({ name, rules }) => (
          <li key={name} className="grid grid-cols-[10rem_1fr_3rem] items-center gap-3">
            <Link
              to="/rules"
              search={{ tab: 'library', q: `tag:attack.${name}` }}
              className="truncate hover:text-accent hover:underline"
            >
              {name}
            </Link>
            <span className="h-2 rounded-[2px] bg-sunken">
              <span
                className="block h-2 rounded-[2px] bg-accent-line"
                style={{ width: `${(rules / most) * 100}%` }}
              />
            </span>
            <span className="text-right">{number(rules)}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** What the left edge of a technique means. */
function Key() {
  const { t } = useLingui()
  return (
    <span className="flex gap-4 text-12 text-ink-2">
      <span className="border-good-fill border-l-4 pl-2">{t`có luật đã phát hành`}</span>
      <span className="border-line-strong border-l-4 border-dashed pl-2">{t`mới ở thư viện`}</span>
    </span>
  )
}

interface CellProps {
  readonly technique: Technique
  readonly inSet: ReadonlySet<string>
}

function Cell({ technique: { id, name, rules }, inSet }: CellProps) {
  const { t } = useLingui()
  const { number } = useWords()
  const published = rules.filter((rule) => inSet.has(rule.id)).length
  return (
    <li
      className={cn(
        'rounded-r-control border-l-4 bg-sunken hover:bg-hover',
        published > 0 ? 'border-good-fill' : 'border-line-strong border-dashed',
      )}
    >
      <Link
        to="/rules"
        search={{ tab: 'library', q: `tag:attack.${id.toLowerCase()}` }}
        title={rules.map(({ title }) => title).join('\n')}
        className="flex h-full flex-col px-2.5 py-1.5"
      >
        <span className="font-mono text-12 text-ink-2">{id}</span>
        {name ? <span className="truncate">{name}</span> : null}
        <span className="text-12 text-ink-2">
          {published > 0
            ? t`${number(rules.length)} luật, ${number(published)} đã phát hành`
            : t`${number(rules.length)} luật`}
        </span>
      </Link>
    </li>
  )
}
