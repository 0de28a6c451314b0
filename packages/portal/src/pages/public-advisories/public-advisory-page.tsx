import { inLanguage } from '@haidang/contracts/advisory'
import type { PublicAdvisoryPage as Shown } from '@haidang/contracts/public-advisory'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { Section } from '../../components/page.tsx'
import { Pill, SimulatedMark, TlpLabel } from '../../components/pill.tsx'
import { SeverityMark } from '../../components/severity.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { ContentView } from '../advisories/content-view.tsx'
import { Front } from '../session/front.tsx'

/** One advisory for everybody: what it is about, what to do, what changed, and the same for machines. */
export function PublicAdvisoryPage() {
  const { t } = useLingui()
  const { number } = useParams({ from: '/public-advisories/$number' })
  const query = useQuery({
    queryKey: ['public-advisories', 'one', number],
    queryFn: ({ signal }) => api.publicAdvisories.get({ params: { number } }, signal),
  })
  return (
    <Front wide>
      <p className="pb-3 text-13">
        <Link to="/public-advisories" className="text-accent hover:underline">
          {t`Cảnh báo công khai`}
        </Link>
      </p>
      <Asked query={query}>{(advisory) => <Body advisory={advisory} />}</Asked>
    </Front>
  )
}

function Body({ advisory }: { advisory: Shown }) {
  const { t } = useLingui()
  const { label, language } = useWords()
  const { number, content, state, simulated, versions, csaf } = advisory
  return (
    <article className="flex flex-col gap-5">
      <header className="flex flex-col gap-2">
        <p className="flex flex-wrap items-center gap-2 text-12">
          <span className="font-mono">{number}</span>
          <SeverityMark severity={content.severity} word />
          <TlpLabel tlp="clear" />
          {state === 'cancelled' ? <Pill>{label('advisoryState', state)}</Pill> : null}
          {simulated ? <SimulatedMark /> : null}
        </p>
        <h1 className="text-24">{inLanguage(content.title, language)}</h1>
      </header>
      <Facts>
        <Fact name={t`Cơ quan cảnh báo`}>{advisory.issuer_name}</Fact>
        <Fact name={t`Công khai lúc`}>
          <Time at={advisory.published_at} as="absolute" />
        </Fact>
        <Fact name={t`Cập nhật`}>
          <Time at={advisory.updated_at} as="absolute" />
        </Fact>
        {csaf ? (
          <Fact name={t`Cho máy đọc`}>
            <a href={csaf} className="text-accent hover:underline">
              CSAF 2.0
            </a>
          </Fact>
        ) : null}
      </Facts>
      <ContentView content={content} />
      {versions.length > 1 || state === 'cancelled' ? (
        <Section title={t`Các bản`} count={versions.length}>
          <ol className="divide-y divide-line text-13">
            {versions.map(({ version, time, change_note }) => (
              <li key={version} className="flex flex-wrap gap-x-3 py-2">
                <span className="font-semibold">{t`bản ${version}`}</span>
                <Time at={time} as="absolute" className="text-ink-3" />
                <span>{change_note || t`Phát hành lần đầu`}</span>
              </li>
            ))}
          </ol>
        </Section>
      ) : null}
    </article>
  )
}
