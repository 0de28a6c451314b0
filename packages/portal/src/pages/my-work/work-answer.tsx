import type { WorkItem } from '@haidang/contracts/my-work'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useDescribe } from '../../api/describe.ts'
import { useMe } from '../../api/session.ts'
import { Button, buttonStyle } from '../../components/button.tsx'
import { complain, say } from '../../components/toast.tsx'
import { useWords } from '../../language/use-words.ts'
import { MoveDialog } from '../tasks/task-acts.tsx'
import { pageOf } from './work-page.ts'

/** The one step that answers: done here where it takes no more, else on its page. */
export function WorkAnswer({ item }: { item: WorkItem }) {
  const { t } = useLingui()
  if (item.answerable && item.kind === 'task') return <FinishTask item={item} />
  if (item.answerable && item.kind === 'order') return <AcceptOrder item={item} />
  const words = {
    task: t`Xem việc`,
    order: t`Báo cáo`,
    advisory: t`Trả lời`,
    effort: t`Xem bảng kê`,
    deadline: t`Mở`,
    approval: t`Xem và duyệt`,
  }
  return (
    <Link to={pageOf(item)} className={buttonStyle({ size: 'small' })}>
      {words[item.kind]}
    </Link>
  )
}

function FinishTask({ item }: { item: WorkItem }) {
  const { t } = useLingui()
  const { language } = useWords()
  const [open, setOpen] = useState(false)
  const task = { id: item.id, version: item.version, title: item.title[language] }
  return (
    <>
      <Button
        size="small"
        onClick={(event) => {
          event.stopPropagation()
          setOpen(true)
        }}
      >{t`Xong…`}</Button>
      {open ? <MoveDialog task={task} to="done" onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function AcceptOrder({ item }: { item: WorkItem }) {
  const { t } = useLingui()
  const { node, person } = useMe()
  const client = useQueryClient()
  const describe = useDescribe()
  const accept = useMutation({
    mutationFn: () =>
      api.orders.answer({
        params: { id: item.id },
        body: {
          organisation_id: person?.organisation_id ?? node.organisation_id,
          step: 'accepted',
          note: '',
          results: [],
          evidence: [],
          version: item.version,
        },
      }),
    onSuccess: ({ number }) => {
      say(t`Đã tiếp nhận lệnh ${number}`)
      for (const key of ['my-work', 'orders']) void client.invalidateQueries({ queryKey: [key] })
    },
    onError: (error) => complain(describe(error).title),
  })
  return (
    <Button
      size="small"
      busy={accept.isPending}
      onClick={(event) => {
        event.stopPropagation()
        accept.mutate()
      }}
    >{t`Tiếp nhận`}</Button>
  )
}
