import type { AdvisoryDraft } from '@haidang/contracts/advisory'
import { Plural, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { TwoColumns } from '../../components/object-head.tsx'
import { Section } from '../../components/page.tsx'
import { LoadingRows } from '../../components/states.tsx'
import { useWords } from '../../language/use-words.ts'
import { ContentDiff } from './content-diff.tsx'
import { ContentView } from './content-view.tsx'

/** A draft as its addressees will read it, what it changes, and who they are. */
export function DraftReading({ draft }: { draft: AdvisoryDraft }) {
  const { t } = useLingui()
  return (
    <TwoColumns
      story={
        <>
          {draft.review_note ? (
            <Section title={t`Ý kiến người duyệt`}>
              <p className="max-w-[70ch] whitespace-pre-wrap pt-2 text-15">{draft.review_note}</p>
            </Section>
          ) : null}
          {draft.number ? <Changes draft={draft} /> : null}
          <ContentView content={draft.content} />
        </>
      }
      facts={
        <>
          <Reach draft={draft} />
          <Told draft={draft} />
        </>
      }
    />
  )
}

/** What it says otherwise than the version in force. */
function Changes({ draft }: { draft: AdvisoryDraft }) {
  const { t } = useLingui()
  const { id, published_version, content } = draft
  const query = useQuery({
    queryKey: ['advisories', 'versions', id, published_version],
    queryFn: ({ signal }) => api.advisories.versions({ params: { id } }, signal),
  })
  return (
    <Section title={t`Khác bản đang hiệu lực`}>
      {draft.change_note ? <p className="py-2 text-15">{draft.change_note}</p> : null}
      <Asked query={query} loading={<LoadingRows rows={3} />}>
        {({ items: [inForce] }) =>
          inForce ? (
            <ContentDiff before={inForce} after={{ version: published_version + 1, content }} />
          ) : null
        }
      </Asked>
    </Section>
  )
}

/** How far it will reach, and who of the addressees cannot be reached at night. */
function Reach({ draft }: { draft: AdvisoryDraft }) {
  const { t } = useLingui()
  const { number } = useWords()
  const { id, revision, addressees, content } = draft
  const organisations = addressees.map(({ organisation_id }) => organisation_id)
  const query = useQuery({
    queryKey: ['advisories', 'reach', id, revision],
    // The first page names some of them, and says how many there are in all.
    queryFn: ({ signal }) =>
      api.advisoryAddressing.preview({ body: { organisations, limit: 500 } }, signal),
    enabled: organisations.length > 0,
  })
  const without = query.data?.without_duty ?? 0
  const named = (query.data?.items ?? [])
    .filter(({ has_duty }) => !has_duty)
    .slice(0, 5)
    .map(({ organisation_name }) => organisation_name)
  return (
    <Section title={t`Ai sẽ thấy`}>
      <div className="flex flex-col gap-2 pt-2 text-13">
        <p className="font-medium">
          <Plural value={addressees.length} other="# đơn vị nhận" />
        </p>
        <p className="text-ink-2">
          {t`Người của nơi nhận và nơi phát hành được đọc đến mức TLP:${content.tlp.toUpperCase()}. Dòng riêng của mỗi đơn vị chỉ đơn vị đó và nơi phát hành thấy.`}
        </p>
        {draft.number ? <p>{t`Chỉ báo cho nơi nhận mà bản mới nói điều gì mới.`}</p> : null}
        {without > 0 ? (
          <p className="text-medium">
            {t`${number(without)} đơn vị chưa có đầu mối trực: ${named.join(', ')}${without > named.length ? '…' : ''}.`}
          </p>
        ) : null}
      </div>
    </Section>
  )
}

const mostNamed = 50

/** Whom it is told to, and which lines of its own each is told. */
function Told({ draft: { addressees } }: { draft: AdvisoryDraft }) {
  const { t } = useLingui()
  const { number } = useWords()
  return (
    <Section title={t`Nơi nhận`} count={addressees.length}>
      {addressees.length === 0 ? (
        <p className="py-2 text-13 text-ink-3">{t`Chưa chọn nơi nhận.`}</p>
      ) : null}
      <ul className="divide-y divide-line text-13">
        {addressees.slice(0, mostNamed).map(({ organisation_id, organisation_name, details }) => (
          <li key={organisation_id} className="py-1.5">
            {organisation_name}
            {details.length > 0 ? (
              <details>
                <summary className="min-h-6 cursor-pointer text-12 text-accent">
                  {t`${number(details.length)} dòng riêng`}
                </summary>
                <pre className="max-h-40 overflow-auto whitespace-pre-wrap break-all font-mono text-12">
                  {details.join('\n')}
                </pre>
              </details>
            ) : null}
          </li>
        ))}
      </ul>
      {addressees.length > mostNamed ? (
        <p className="pt-1 text-12 text-ink-3">
          {t`và ${number(addressees.length - mostNamed)} đơn vị nữa`}
        </p>
      ) : null}
    </Section>
  )
}
