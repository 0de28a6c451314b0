import type { SessionShown } from '@haidang/contracts/factor'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { useDescribe } from '../../api/describe.ts'
import { Button } from '../../components/button.tsx'
import { Section } from '../../components/page.tsx'
import { Failure, LoadingRows } from '../../components/states.tsx'
import { complain, say } from '../../components/toast.tsx'
import { SessionLine } from './session-line.tsx'

/** Where one is signed in, and the way out of there. */
export function Sessions() {
  const { t } = useLingui()
  const client = useQueryClient()
  const describe = useDescribe()
  const sessions = useQuery({
    queryKey: ['sessions'],
    queryFn: ({ signal }) => api.sessionList.list({}, signal),
  })
  const end = useMutation({
    mutationFn: (session?: SessionShown) =>
      session ? api.sessionList.end({ params: { id: session.id } }) : api.sessionList.endOthers({}),
    onSuccess: ({ ended }) => {
      say(t`Đã kết thúc ${ended} phiên`)
      void client.invalidateQueries({ queryKey: ['sessions'] })
    },
    onError: (error) => complain(describe(error).title),
  })
  const items = sessions.data?.items ?? []
  const others = items.some(({ current }) => !current)
  return (
    <Section
      title={t`Các phiên đăng nhập`}
      count={items.length || undefined}
      acts={
        others ? (
          <Button size="small" busy={end.isPending} onClick={() => end.mutate(undefined)}>
            {t`Đăng xuất ở mọi nơi khác`}
          </Button>
        ) : null
      }
    >
      {sessions.isPending ? <LoadingRows rows={2} /> : null}
      {sessions.error ? (
        <Failure error={sessions.error} onRetry={() => void sessions.refetch()} />
      ) : null}
      <ul className="flex flex-col divide-y divide-line">
        {items.map((session) => (
          <SessionLine key={session.id} session={session}>
            {session.current ? null : (
              <Button size="small" look="danger" onClick={() => end.mutate(session)}>
                {t`Chấm dứt`}
              </Button>
            )}
          </SessionLine>
        ))}
      </ul>
    </Section>
  )
}
