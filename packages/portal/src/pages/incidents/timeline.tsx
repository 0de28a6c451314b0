import type { Incident, TimelineEntry } from '@haidang/contracts/incident'
import { useLingui } from '@lingui/react/macro'
import { useRouterState } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { MoreRows } from '../../components/more-rows.tsx'
import { Section } from '../../components/page.tsx'
import { Failure, LoadingRows } from '../../components/states.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { cn } from '../../theme/cn.ts'
import { NoteForm } from './note-form.tsx'

/** The story of an incident, newest first, with the place to add to it on top. */
export function Timeline({ incident }: { incident: Incident }) {
  const { t } = useLingui()
  const { query, items } = usePages({
    queryKey: ['incidents', 'timeline', incident.id],
    read: (cursor, signal) =>
      api.incidents.timeline(
        { params: { id: incident.id }, query: { limit: 200, cursor } },
        signal,
      ),
  })
  return (
    <Section title={t`Dòng thời gian`} count={items.length || undefined}>
      {incident.merged_into === null ? <NoteForm incident={incident} /> : null}
      {query.isPending ? <LoadingRows rows={4} /> : null}
      {query.error && items.length === 0 ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      <ol className="flex flex-col pt-4">
        {items.toReversed().map((entry, index) => (
          <Line key={entry.id} entry={entry} last={index === items.length - 1} />
        ))}
      </ol>
      <MoreRows query={query} />
    </Section>
  )
}

const marks: Record<string, string> = {
  'incident.opened': 'bg-accent',
  'incident.moved': 'bg-good-fill',
  'incident.noted': 'bg-bg border-2 border-ink-3',
  'order.issued': 'bg-high-fill',
}

function Line({ entry, last }: { entry: TimelineEntry; last: boolean }) {
  const { t } = useLingui()
  const { label } = useWords()
  const kinds: Record<string, string> = {
    'incident.opened': t`Mở sự cố`,
    'incident.updated': t`Sửa thông tin`,
    'incident.moved': t`Chuyển bước`,
    'incident.noted': t`Ghi chú`,
    'incident.participant-added': t`Tổ chức tham gia`,
    'incident.participant-changed': t`Sửa phạm vi tham gia`,
    'incident.participant-removed': t`Thôi tham gia`,
    'incident.closing-report-written': t`Lập báo cáo kết thúc`,
    'incident.clusters-attached': t`Gắn cụm cảnh báo`,
    'incident.graded': t`Quyết định mức nghiêm trọng`,
    'incident.observables-added': t`Thêm giá trị quan sát`,
    'incident.observable-changed': t`Sửa giá trị quan sát`,
    'incident.observable-removed': t`Bỏ giá trị quan sát`,
    'task.added': t`Thêm việc`,
    'task.assigned': t`Giao việc`,
    'task.changed': t`Sửa việc`,
    'task.moved': t`Tiến độ việc`,
    'task.ticked': t`Đánh dấu danh mục kiểm tra`,
    'incident.act-undone': t`Hoàn tác`,
    'incident.merged': t`Gộp sự cố`,
    'incident.unmerged': t`Tách sự cố`,
    'incident.linked': t`Liên kết sự cố`,
    'incident.unlinked': t`Bỏ liên kết sự cố`,
    'incident-report.begun': t`Bắt đầu tin báo`,
    'incident-report.received': t`Nhận tin báo`,
    'incident-report.supplemented': t`Bổ sung tin báo`,
    'incident-report.acknowledged': t`Xác nhận đã nhận tin`,
    'incident-report.asked': t`Hỏi lại người báo`,
    'incident-report.attached': t`Gắn tin báo vào sự cố`,
    'order.issued': t`Giao lệnh`,
    'order.received': t`Nhận lệnh`,
    'order.stepped': t`Trả lời lệnh`,
    'order.withdrawn': t`Thu hồi lệnh`,
    'evidence.stored': t`Lưu bằng chứng`,
    'cluster.triaged': t`Xử lý cụm cảnh báo`,
    'cluster.merged': t`Gộp cụm cảnh báo`,
    'cluster.unmerged': t`Tách cụm cảnh báo`,
    'cluster.triage-undone': t`Hoàn tác xử lý cụm`,
  }
  const acts: Record<string, string> = {
    acknowledge: t`Đã nhận xử lý`,
    assign: t`Đã giao người phụ trách`,
    severity: t`Đã đổi mức độ`,
    snooze: t`Đã tạm ẩn`,
    close: t`Đã đóng`,
    reopen: t`Đã mở lại`,
    escalate: t`Đã gắn vào sự cố`,
  }
  const told: Record<string, Record<string, string>> = {
    'cluster.triaged': acts,
    'cluster.unmerged': {
      'as-before': t`Trở về như trước khi gộp`,
      'as-head': t`Theo cách đã xử lý cụm chung`,
    },
    'incident.unmerged': {
      'as-before': t`Trở về như trước khi gộp`,
      'as-head': t`Theo trạng thái của sự cố chính`,
    },
  }
  const words = told[entry.kind]?.[entry.text] ?? entry.text
  const given = givenIn(entry.after)
  const outcome = useOutcome(entry) ?? numbersIn(entry.after)
  const { step, whose } = sideIn(entry)
  const { line, isMeant } = useMeant(entry.id)
  return (
    <li
      ref={line}
      id={entry.id}
      className={cn(
        isMeant && 'bg-hover',
        'relative grid grid-cols-[16px_minmax(0,1fr)] gap-x-3 pb-4',
      )}
    >
      {last ? null : (
        <span
          aria-hidden="true"
          className="absolute top-3 bottom-0 left-[7px] w-px bg-line-strong"
        />
      )}
      <span
        aria-hidden="true"
        className={cn(
          'relative mx-auto mt-1.5 size-2.5 rounded-full',
          marks[entry.kind] ?? 'bg-line-strong',
        )}
      />
      <div className="min-w-0">
        <p className="flex flex-wrap items-baseline gap-x-2 text-12 text-ink-3">
          <span className="font-semibold text-ink">
            {step ? label('ladderStep', step) : (kinds[entry.kind] ?? entry.kind)}
            {outcome ? `: ${outcome}` : ''}
            {whose ? ` · ${whose}` : ''}
          </span>
          <span>{entry.actor_name}</span>
          <Time at={entry.time} as="absolute" />
          <Time at={entry.time} />
        </p>
        {given.length > 0 ? (
          <p className="max-w-[70ch] break-words text-13">{t`Giao đi: ${given.join(', ')}`}</p>
        ) : null}
        {words ? (
          <p className="max-w-[70ch] whitespace-pre-wrap break-words text-15">
            <Named words={words} after={entry.after} />
          </p>
        ) : null}
      </div>
    </li>
  )
}

/** Scrolls to the entry the address names. */
function useMeant(id: string) {
  const line = useRef<HTMLLIElement>(null)
  const isMeant = useRouterState({ select: ({ location }) => location.hash === id })
  useEffect(() => {
    if (isMeant) line.current?.scrollIntoView({ block: 'center' })
  }, [isMeant])
  return { line, isMeant }
}

/** The step of an order an entry tells, and which organisation it is about. */
function sideIn({ kind, before, after }: TimelineEntry) {
  const step = kind === 'order.stepped' ? wordIn(after, 'step') : undefined
  const isOfOne = kind === 'incident.noted' || kind.startsWith('incident.participant-')
  const whose = step || isOfOne ? wordIn(after ?? before, 'organisation_name') : undefined
  return { step, whose }
}

/** What an incident came to by an entry: its state, or how serious it was decided to be. */
function useOutcome({ kind, after }: TimelineEntry): string | undefined {
  const { label } = useWords()
  const state = kind === 'incident.moved' ? wordIn(after, 'state') : undefined
  const grade = kind === 'incident.graded' ? wordIn(after, 'grade') : undefined
  if (state) return label('incidentState', state)
  return grade && label('incidentGrade', grade)
}

/** Numbers of other incidents the journal kept beside the entry. */
function numbersIn(after: unknown): string | undefined {
  if (typeof after !== 'object' || after === null || !('numbers' in after)) return undefined
  return Array.isArray(after.numbers) ? after.numbers.join(', ') : undefined
}

/** What was handed on when a merge was taken back, under the names people know it by. */
function givenIn(after: unknown): string[] {
  if (typeof after !== 'object' || after === null || !('given' in after)) return []
  if (!Array.isArray(after.given)) return []
  return after.given.flatMap((one: { label?: unknown }) =>
    typeof one.label === 'string' ? [one.label] : [],
  )
}

/** A word the journal kept beside the entry, such as the state something came to. */
function wordIn(
  after: unknown,
  name: 'state' | 'step' | 'grade' | 'organisation_name',
): string | undefined {
  if (typeof after !== 'object' || after === null) return undefined
  const value: unknown = Object.entries(after).find(([key]) => key === name)?.[1]
  return typeof value === 'string' ? value : undefined
}

/** Words of a note with the people it names. */
function Named({ words, after }: { words: string; after: unknown }) {
  const names = namedIn(after)
  return piecesOf(words, names).map(({ at, piece, isName }) =>
    isName ? (
      <strong key={at} className="font-medium text-accent">
        {piece}
      </strong>
    ) : (
      piece
    ),
  )
}

/** A text cut where it names somebody, each piece with its place. */
function piecesOf(words: string, names: readonly string[]) {
  const pieces: { at: number; piece: string; isName: boolean }[] = []
  let rest = 0
  for (let at = words.indexOf('@'); at !== -1; at = words.indexOf('@', at + 1)) {
    const name = names.find((one) => words.startsWith(one, at + 1))
    if (name === undefined || at < rest) continue
    pieces.push({ at: rest, piece: words.slice(rest, at), isName: false })
    rest = at + 1 + name.length
    pieces.push({ at, piece: words.slice(at, rest), isName: true })
  }
  return [...pieces, { at: rest, piece: words.slice(rest), isName: false }]
}

/** Whom a note names, as the journal kept it. */
function namedIn(after: unknown): string[] {
  if (typeof after !== 'object' || after === null || !('mentions' in after)) return []
  if (!Array.isArray(after.mentions)) return []
  return after.mentions.flatMap((one: { name?: unknown }) =>
    typeof one.name === 'string' ? [one.name] : [],
  )
}
