import type { Person } from '@haidang/contracts/person'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { useDescribe } from '../../api/describe.ts'
import { Button } from '../../components/button.tsx'
import { complain, say } from '../../components/toast.tsx'
import { SessionLine } from '../access/session-line.tsx'

/** Where a person is signed in, for whoever manages people. */
export function PersonSessions({ person: { id, name } }: { person: Person }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const describe = useDescribe()
  const queryKey = ['people', 'sessions', id]
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) => api.sessionList.ofPerson({ params: { id } }, signal),
    retry: false,
  })
  const end = useMutation({
    mutationFn: () => api.sessionList.endOfPerson({ params: { id } }),
    onSuccess: () => {
      say(t`${name} đã bị đăng xuất ở mọi nơi`)
      void client.invalidateQueries({ queryKey })
    },
    onError: (error) => complain(describe(error).title),
  })
  if (!data) return null
  return (
    <section className="mt-6 border-t pt-4">
      <div className="flex flex-wrap items-center gap-3">
        <h3 className="font-semibold text-13">{t`Phiên đăng nhập`}</h3>
        {data.items.length > 0 ? (
          <Button
            size="small"
            look="danger"
            className="ml-auto"
            busy={end.isPending}
            onClick={() => end.mutate()}
          >
            {t`Đăng xuất ở mọi nơi`}
          </Button>
        ) : null}
      </div>
      {data.items.length === 0 ? (
        <p className="pt-2 text-13 text-ink-3">{t`Không có phiên nào đang mở`}</p>
      ) : (
        <ul className="flex flex-col divide-y divide-line">
          {data.items.map((session) => (
            <SessionLine key={session.id} session={session} />
          ))}
        </ul>
      )}
    </section>
  )
}
