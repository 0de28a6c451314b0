import type { ContactPoint } from '@haidang/contracts/contact-point'
import { millisecondsOf } from '@haidang/contracts/instant'
import type { Organisation } from '@haidang/contracts/organisation'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useDescribe } from '../../api/describe.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { Copyable } from '../../components/copyable.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Section } from '../../components/page.tsx'
import { Empty } from '../../components/states.tsx'
import { Time, useNow } from '../../components/time.tsx'
import { complain } from '../../components/toast.tsx'
import { useWords } from '../../language/use-words.ts'
import { ContactDialog } from './contact-dialog.tsx'
import { ContactMark } from './organisation-words.tsx'
import { RemoveContactDialog } from './remove-contact-dialog.tsx'
import { useContactRight } from './use-contact-right.ts'

/** Whom to reach at one organisation. */
export function OrganisationContacts({ organisation }: { organisation: Organisation }) {
  const { t } = useLingui()
  const { missing } = useContactRight()
  const [added, setAdded] = useState(false)
  const query = useQuery({
    queryKey: ['organisations', 'contacts-of', organisation.id],
    queryFn: ({ signal }) =>
      api.contacts.list(
        { query: { limit: 50, filter: `organisation_id:${organisation.id}` } },
        signal,
      ),
  })
  const add = (
    <Button size="small" refusal={missing} onClick={() => setAdded(true)}>
      <Plus aria-hidden="true" className="size-4" />
      {t`Thêm đầu mối`}
    </Button>
  )
  return (
    <div className="max-w-3xl">
      <Section title={t`Đầu mối liên hệ`} acts={add}>
        <Asked query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={t`Chưa có đầu mối nào`}>
                {t`Khi có sự cố phải gọi được ai đó: thêm ít nhất một đầu mối trực 24/7.`}
              </Empty>
            ) : (
              <ul className="divide-y divide-line">
                {items.map((contact) => (
                  <Contact key={contact.id} contact={contact} />
                ))}
              </ul>
            )
          }
        </Asked>
      </Section>
      {added ? (
        <ContactDialog organisationId={organisation.id} onClose={() => setAdded(false)} />
      ) : null}
    </div>
  )
}

function Contact({ contact }: { contact: ContactPoint }) {
  const { t } = useLingui()
  const { label } = useWords()
  const now = useNow()
  return (
    <li className="flex flex-col gap-1 py-3 text-13">
      <span className="flex flex-wrap items-center gap-2">
        <span className="font-medium">{contact.name}</span>
        <span className="text-ink-2">{label('contactPurpose', contact.purpose)}</span>
        <ContactMark state={contact.state} />
      </span>
      <span className="text-ink-2">
        {[contact.position, contact.phone, contact.email].filter(Boolean).join(' · ')}
      </span>
      {contact.key ? (
        <span className="break-all font-mono text-12 text-ink-2">
          OpenPGP {contact.key.fingerprint}
          {contact.key.expires_at ? (
            <>
              {' '}
              {t`hết hạn`} <Time at={contact.key.expires_at} as="absolute" />
            </>
          ) : null}
        </span>
      ) : null}
      {contact.key && !contact.key_confirmed_at ? (
        <span className="text-12 text-ink-2">
          {t`Người đọc thư chưa xác nhận khóa bằng liên kết gửi qua thư: chữ ký bằng khóa này chưa chứng minh được gì.`}
        </span>
      ) : null}
      {isEndingSoon(contact, now) ? (
        <span className="font-medium text-12 text-critical">
          {t`Khóa OpenPGP hết hạn trong vòng 30 ngày hoặc đã hết hạn: khi hết hạn, thư gửi đầu mối này chỉ còn liên kết. Hãy thay khóa.`}
        </span>
      ) : null}
      <span className="text-12 text-ink-3">
        {contact.due_at ? (
          <>
            {t`Xác nhận lại trước`} <Time at={contact.due_at} as="absolute" />
          </>
        ) : contact.asked_at ? (
          <>
            {t`Đã tạo liên kết, chờ trả lời`} <Time at={contact.asked_at} />
          </>
        ) : (
          t`Chưa ai xác nhận đầu mối này.`
        )}
      </span>
      <ContactActs contact={contact} />
    </li>
  )
}

const warnedMilliseconds = 30 * 86_400_000

/** Whether the key of the contact point has to be replaced now. */
function isEndingSoon({ key }: ContactPoint, now: number): boolean {
  const end = key?.expires_at
  return end ? millisecondsOf(end) - now < warnedMilliseconds : false
}

function ContactActs({ contact }: { contact: ContactPoint }) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const describe = useDescribe()
  const client = useQueryClient()
  const { asks, missing } = useContactRight()
  const [edited, setEdited] = useState(false)
  const [removed, setRemoved] = useState(false)
  const params = { id: contact.organisation_id, contact: contact.id }
  const renew = () => void client.invalidateQueries({ queryKey: ['organisations'] })
  const onError = (error: Error) => complain(describe(error).title)
  const ask = useMutation({
    mutationFn: () => api.contacts.ask({ params }),
    onSuccess: renew,
    onError,
  })
  const remove = useMutation({
    mutationFn: () => api.contacts.remove({ params }),
    onSuccess: renew,
    onError,
  })
  return (
    <span className="flex flex-wrap gap-2 pt-1">
      <Button
        size="small"
        refusal={refusal('organisation.manage')}
        busy={ask.isPending}
        onClick={() => ask.mutate()}
      >
        {t`Tạo liên kết xác nhận`}
      </Button>
      <Button size="small" refusal={missing} onClick={() => setEdited(true)}>{t`Sửa`}</Button>
      <Button
        size="small"
        look="danger"
        refusal={missing}
        busy={remove.isPending}
        onClick={() => (asks ? setRemoved(true) : remove.mutate())}
      >
        {t`Xóa`}
      </Button>
      {edited ? (
        <ContactDialog
          organisationId={contact.organisation_id}
          contact={contact}
          onClose={() => setEdited(false)}
        />
      ) : null}
      {removed ? <RemoveContactDialog contact={contact} onClose={() => setRemoved(false)} /> : null}
      {ask.data ? (
        <Dialog
          open
          onClose={ask.reset}
          title={t`Liên kết xác nhận`}
          about={
            ask.data.mailed
              ? t`Liên kết đã gửi tới ${contact.email}. Nếu thư không tới, hãy chuyển bằng đường mà bạn tin. Dùng được một lần, hai tuần.`
              : t`Không gửi được thư: hãy chuyển liên kết cho đúng người này bằng đường mà bạn tin. Dùng được một lần, hai tuần.`
          }
        >
          <Copyable label={t`Liên kết`} value={`${location.origin}${ask.data.path}`} main />
        </Dialog>
      ) : null}
    </span>
  )
}
