import type { JournalEntry } from '@haidang/contracts/journal'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { Identifier } from '../../components/identifier.tsx'
import { ObjectHead, TwoColumns } from '../../components/object-head.tsx'
import { Page, Section } from '../../components/page.tsx'
import { RawRecord } from '../../components/raw-record.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { EntryChange } from './entry-change.tsx'
import { EntryObject } from './entry-object.tsx'
import { EntryActor } from './journal-tab.tsx'

const route = getRouteApi('/shell/journal/$id')

/** What one entry of the journal says: who changed what from what to what, why, and on what authority. */
export function JournalEntryPage() {
  const { t } = useLingui()
  const { id } = route.useParams()
  const query = useQuery({
    queryKey: ['journal', 'one', id],
    queryFn: ({ signal }) => api.journal.get({ params: { id } }, signal),
  })
  return (
    <Page title={query.data?.type ?? t`Nhật ký`}>
      <Asked query={query}>{(entry) => <Body entry={entry} />}</Asked>
    </Page>
  )
}

function Body({ entry }: { entry: JournalEntry }) {
  const { t } = useLingui()
  const { number } = useWords()
  const { type, time, seq, subject, related, authority, reason, before, after } = entry
  return (
    <>
      <ObjectHead
        line={
          <>
            <Link
              to="/admin"
              search={{ tab: 'journal' }}
              className="text-accent hover:underline"
            >{t`Nhật ký`}</Link>
            <span className="text-ink-3">{t`dòng ${number(seq)}`}</span>
            <Time at={time} as="absolute" />
          </>
        }
        title={<code className="break-all">{type}</code>}
      />
      <TwoColumns
        story={
          <>
            {reason ? (
              <Section title={t`Lý do`}>
                <p className="max-w-[70ch] whitespace-pre-wrap py-2 text-15">{reason}</p>
              </Section>
            ) : null}
            <Section title={t`Thay đổi`}>
              <EntryChange before={before} after={after} />
            </Section>
            <details className="pt-4">
              <summary className="cursor-pointer text-13 text-ink-2">{t`Bản ghi gốc`}</summary>
              <div className="pt-2">
                <RawRecord text={JSON.stringify(entry, null, 2)} />
              </div>
            </details>
          </>
        }
        facts={
          <Section title={t`Thông tin`}>
            <Facts>
              <Fact name={t`Ai`}>
                <EntryActor entry={entry} />
              </Fact>
              <Fact name={t`Quyền dùng`}>
                <code className="break-all text-12">{authority}</code>
              </Fact>
              <Fact name={t`Đối tượng`}>
                <EntryObject id={subject} />
              </Fact>
              {related.length > 0 ? (
                <Fact name={t`Liên quan`}>
                  <span className="flex flex-col items-start">
                    {related.map((id) => (
                      <EntryObject key={id} id={id} />
                    ))}
                  </span>
                </Fact>
              ) : null}
              <Fact name={t`Mã băm`}>
                <Identifier value={entry.hash} />
              </Fact>
              <Fact name={t`Mã băm trước`}>
                <Identifier value={entry.previous_hash} />
              </Fact>
              <Fact name={t`Mã`}>
                <Identifier value={entry.id} />
              </Fact>
            </Facts>
          </Section>
        }
      />
    </>
  )
}
