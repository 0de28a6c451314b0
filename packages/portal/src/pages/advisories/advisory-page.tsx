import { type Advisory, inLanguage } from '@haidang/contracts/advisory'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect } from 'react'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { buttonStyle } from '../../components/button.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { Identifier } from '../../components/identifier.tsx'
import { ObjectHead, TwoColumns } from '../../components/object-head.tsx'
import { Page, Section } from '../../components/page.tsx'
import { Pill, SimulatedMark, TlpLabel } from '../../components/pill.tsx'
import { SeverityMark } from '../../components/severity.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { remember } from '../../shell/recent.ts'
import { LookedAt } from '../readings/looked-at.tsx'
import { Addressees } from './addressees.tsx'
import { AdvisoryState } from './advisory-columns.tsx'
import { ContentView } from './content-view.tsx'
import { CancelButton, ReviseButton } from './issuer-acts.tsx'
import { OwnAnswer } from './own-answer.tsx'
import { Remediation } from './remediation.tsx'
import { Versions } from './versions.tsx'

const route = getRouteApi('/shell/advisories/$id')

/** What is warned of and what is to be done; the addressee answers, the issuer sees who did. */
export function AdvisoryPage() {
  const { language, label } = useWords()
  const { id } = route.useParams()
  const query = useQuery({
    queryKey: ['advisories', 'one', id],
    queryFn: ({ signal }) => api.advisories.get({ params: { id } }, signal),
  })
  const title = query.data
    ? inLanguage(query.data.content.title, language)
    : label('advisoryKind', 'advisory')
  return (
    <Page title={title}>
      <Asked query={query}>{(advisory) => <Body advisory={advisory} title={title} />}</Asked>
    </Page>
  )
}

function Body({ advisory, title }: { advisory: Advisory; title: string }) {
  const { t } = useLingui()
  const { label } = useWords()
  const { id, number, content, version } = advisory
  const isIssuer = advisory.mine === 'issuer'
  useEffect(
    () => remember({ path: `/advisories/${id}`, title: `${number} ${title}`, draft: false }),
    [id, number, title],
  )
  return (
    <>
      <ObjectHead
        line={
          <>
            <span className="font-mono text-ink-2">{number}</span>
            <span className="font-medium">{label('advisoryKind', content.kind)}</span>
            <SeverityMark severity={content.severity} word />
            <AdvisoryState advisory={advisory} />
            {version > 1 ? <Pill tone="medium">{t`Bản ${version}`}</Pill> : null}
            <TlpLabel tlp={content.tlp} />
            {advisory.simulated ? <SimulatedMark /> : null}
          </>
        }
        title={title}
        about={
          <>
            {t`${advisory.issuer_name} phát hành`} ·{' '}
            <Time at={advisory.published_at} as="absolute" />
            {content.answer_due_at ? (
              <>
                {' · '}
                {t`trả lời trước`}{' '}
                <Time at={content.answer_due_at} as="absolute" className="font-medium text-ink" />
              </>
            ) : null}
          </>
        }
        acts={
          isIssuer && advisory.state === 'published' ? (
            <>
              <ReviseButton advisory={advisory} />
              <CancelButton advisory={advisory} />
            </>
          ) : null
        }
      />
      <TwoColumns
        story={
          <>
            {advisory.own ? <OwnAnswer advisory={advisory} own={advisory.own} /> : null}
            {isIssuer ? <Remediation advisory={advisory} /> : null}
            {isIssuer ? <Addressees advisory={advisory} /> : null}
            <ContentView content={content} />
          </>
        }
        facts={
          <>
            <Section title={t`Thông tin`}>
              <Facts>
                <Fact name={t`Nơi phát hành`}>{advisory.issuer_name}</Fact>
                <Fact name={t`Người phát hành`}>{advisory.published_by_name}</Fact>
                <Fact name={t`Cập nhật`}>
                  <Time at={advisory.updated_at} as="absolute" />
                </Fact>
                <Fact name={t`Mã`}>
                  <Identifier value={id} />
                </Fact>
              </Facts>
            </Section>
            {isIssuer ? (
              <a
                href={`/api/v1/advisories/${id}/csaf`}
                download
                className={buttonStyle({ look: 'plain' })}
              >
                {t`Tải về CSAF 2.0`}
              </a>
            ) : null}
            {version > 1 ? <Versions advisory={advisory} /> : null}
            <LookedAt id={id} />
          </>
        }
      />
    </>
  )
}
