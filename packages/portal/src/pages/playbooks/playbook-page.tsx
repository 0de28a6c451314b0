import type { Playbook } from '@haidang/contracts/playbook'
import { useLingui } from '@lingui/react/macro'
import { getRouteApi } from '@tanstack/react-router'
import { Asked } from '../../components/asked.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { Identifier } from '../../components/identifier.tsx'
import { ObjectHead, TwoColumns } from '../../components/object-head.tsx'
import { Page, Section } from '../../components/page.tsx'
import { TlpLabel } from '../../components/pill.tsx'
import { Time } from '../../components/time.tsx'
import { plainDate } from '../../format/instant.ts'
import { useWords } from '../../language/use-words.ts'
import { PlaybookActs } from './playbook-acts.tsx'
import { PlaybookPill, PlaybookTypes, ReviewBy } from './playbook-columns.tsx'
import { PlaybookTasks } from './playbook-tasks.tsx'
import { PlaybookDiff, PlaybookVersions } from './playbook-versions.tsx'
import { usePlaybook, usePlaybookRules } from './use-playbook.ts'

const route = getRouteApi('/shell/playbooks/$id')

/** One response plan: what is in force of it, what is being written, and its versions. */
export function PlaybookPage() {
  const { t } = useLingui()
  const { language } = useWords()
  const { id } = route.useParams()
  const query = usePlaybook(id)
  return (
    <Page title={query.data?.name[language] ?? t`Phương án ứng cứu`}>
      <Asked query={query}>{(playbook) => <Body playbook={playbook} />}</Asked>
    </Page>
  )
}

function Body({ playbook }: { playbook: Playbook }) {
  const { language } = useWords()
  return (
    <>
      <ObjectHead
        line={
          <>
            <PlaybookPill playbook={playbook} />
            <TlpLabel tlp={playbook.tlp} />
            <span className="text-ink-2">
              <PlaybookTypes types={playbook.types} />
            </span>
          </>
        }
        title={playbook.name[language]}
        about={playbook.organisation_name}
        acts={<PlaybookActs playbook={playbook} />}
      />
      <TwoColumns story={<Story playbook={playbook} />} facts={<About playbook={playbook} />} />
    </>
  )
}

function Story({ playbook }: { playbook: Playbook }) {
  const { t } = useLingui()
  const { draft, current, published } = playbook
  return (
    <>
      {current ? (
        <Section
          title={t`Việc phải làm, bản ${current.version}`}
          count={current.content.tasks.length}
        >
          <PlaybookTasks content={current.content} />
        </Section>
      ) : null}
      {draft ? (
        <Section title={t`Bản đang soạn`} count={draft.tasks.length}>
          {current ? (
            <PlaybookDiff before={current} after={{ version: published + 1, content: draft }} />
          ) : (
            <PlaybookTasks content={draft} />
          )}
        </Section>
      ) : null}
      <PlaybookVersions playbook={playbook} />
    </>
  )
}

function About({ playbook }: { playbook: Playbook }) {
  const { t } = useLingui()
  const { language } = useWords()
  const rules = usePlaybookRules()
  const { own, reviewed_on, retired_from, retired_reason, for_subordinates } = playbook
  return (
    <Section title={t`Thông tin`}>
      <Facts>
        <Fact name={t`Tổ chức`}>
          {playbook.organisation_name}
          {own ? null : <span className="text-ink-3"> · {t`chỉ xem, lấy dùng, tạo bản sao`}</span>}
        </Fact>
        <Fact name={t`Cấp dưới dùng`}>{for_subordinates ? t`Có` : t`Không`}</Fact>
        <Fact name={t`Rà soát lần cuối`}>{reviewed_on ? plainDate(reviewed_on) : '—'}</Fact>
        <Fact name={t`Rà soát trước`}>
          <ReviewBy playbook={playbook} />
          {rules.data ? (
            <p className="text-12 text-ink-3">
              {rules.data.review.clause || rules.data.review.basis[language]}
            </p>
          ) : null}
        </Fact>
        {retired_from ? (
          <Fact name={t`Bãi bỏ từ ngày`}>
            {plainDate(retired_from)}
            <p className="text-ink-2">{retired_reason}</p>
          </Fact>
        ) : null}
        <Fact name={t`Cập nhật`}>
          {playbook.changed_by} · <Time at={playbook.updated_at} as="absolute" />
        </Fact>
        <Fact name={t`Mã`}>
          <Identifier value={playbook.id} />
        </Fact>
      </Facts>
    </Section>
  )
}
