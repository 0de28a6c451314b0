import type { Audience, AudienceKind, AudienceMember } from '@haidang/contracts/audience'
import { Plural, useLingui } from '@lingui/react/macro'
import { TriangleAlert } from 'lucide-react'
import { Button } from '../../components/button.tsx'
import { Scrolled } from '../../components/scrolled.tsx'
import { gapWords, partyWords, reasonWords, tlpRules } from './audience-words.ts'

interface AudienceAnswerProps {
  readonly audience: Audience
  readonly kind: AudienceKind
  readonly onMore: () => void
}

/** Which organisations and people see a thing and why, who is named in vain, where copies go. */
export function AudienceAnswer({ audience, kind, onMore }: AudienceAnswerProps) {
  const { t, i18n } = useLingui()
  const { items, count, unnamed, people, node_people, next } = audience
  return (
    <div className="flex flex-col gap-2 pt-1 text-13">
      <p className="font-medium" role="status">
        <Plural value={count} other="# tổ chức thấy" />
        {people.length > 0 ? (
          <>
            , <Plural value={people.length} other="# người được nêu tên" />
          </>
        ) : null}
      </p>
      {kind === 'incident' ? (
        <p className="text-12 text-ink-2">{i18n._(tlpRules[audience.tlp])}</p>
      ) : null}
      <Scrolled label={t`Ai thấy`} className="max-h-72 overflow-y-auto">
        <ul className="divide-y divide-line">
          {items.map((item) => (
            <Member key={item.organisation_id} item={item} kind={kind} />
          ))}
          {people.map(({ id, name, organisation_name }) => (
            <li key={id} className="py-1">
              {name || t`Một người bạn không được xem`}
              <span className="block text-12 text-ink-3">
                {[t`được nêu tên`, organisation_name].filter(Boolean).join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      </Scrolled>
      {next ? (
        <Button size="small" onClick={onMore}>
          {t`Xem thêm`}
        </Button>
      ) : null}
      {unnamed > 0 ? (
        <p className="text-12 text-ink-2">
          <Plural value={unnamed} other="Và # tổ chức mà bạn không được xem tên." />
        </p>
      ) : null}
      <Gaps audience={audience} />
      <p className="text-12 text-ink-2">
        <Plural value={node_people} other="# người có vai trò trên toàn nút cũng thấy." />
      </p>
      <Copies audience={audience} />
    </div>
  )
}

function Member({ item, kind }: { item: AudienceMember; kind: AudienceKind }) {
  const { t, i18n } = useLingui()
  const groups = item.through.map(({ name }) => name).join(', ')
  const reason = () => {
    if (item.why === 'group') return t`nhóm ${groups}`
    return i18n._(item.why === 'party' ? partyWords[kind] : reasonWords[item.why])
  }
  return (
    <li className="py-1">
      <span className="break-words">{item.organisation_name}</span>
      <span className="block text-12 text-ink-3">
        {reason()}
        {' · '}
        {item.people === 0 ? (
          <span className="text-high">{t`chưa ai ở đó đọc được mức này`}</span>
        ) : (
          <Plural value={item.people} other="# người đọc được" />
        )}
      </span>
    </li>
  )
}

function Gaps({ audience }: { audience: Audience }) {
  const { t, i18n } = useLingui()
  if (audience.gaps.length === 0) return null
  return (
    <ul className="rounded-control bg-high-soft px-2.5 py-1.5 text-12 text-high">
      {audience.gaps.map(({ id, name, why }) => (
        <li key={id} className="flex gap-1.5 py-0.5">
          <TriangleAlert aria-hidden="true" className="mt-0.5 size-3.5 shrink-0" />
          <span>
            {name || t`Nơi bạn không được xem tên`}: {i18n._(gapWords[why])}
          </span>
        </li>
      ))}
    </ul>
  )
}

function Copies({ audience: { copies } }: { audience: Audience }) {
  const { t } = useLingui()
  const names = (direction: 'up' | 'down') =>
    copies
      .filter((copy) => copy.direction === direction)
      .map(({ organisation_name }) => organisation_name)
      .join(', ')
  const down = names('down')
  const up = names('up')
  return (
    <p className="text-12 text-ink-2">
      {down ? t`Bản sao gửi xuống nút của: ${down}.` : null}
      {up ? t`Đến từ nút của ${up}; câu trả lời gửi lên đó.` : null}
      {copies.length === 0 ? t`Không bản sao nào tự rời nút này.` : null}
    </p>
  )
}
