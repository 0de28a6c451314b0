import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Page, PageHead } from '../../components/page.tsx'
import { DraftEditor, type Written } from './draft-editor.tsx'

/** Begins an advisory or a warning; nobody is told until somebody else has approved it. */
export function NewDraftPage() {
  const { t } = useLingui()
  const refusal = useRefusal()
  const navigate = useNavigate()
  const client = useQueryClient()
  const create = useMutation({
    mutationFn: ({ content, addressees }: Written) =>
      api.advisoryDrafts.create({ body: { content, addressees } }),
  })
  const save = (written: Written, forget: () => void) =>
    create.mutate(written, {
      onSuccess: ({ id }) => {
        forget()
        void client.invalidateQueries({ queryKey: ['advisories'] })
        void navigate({
          to: '/advisories/drafts/$id',
          params: { id },
          search: { part: 'preview' },
          replace: true,
        })
      },
    })
  return (
    <Page title={t`Soạn cảnh báo`}>
      <PageHead title={t`Soạn cảnh báo`} about={t`Người khác duyệt xong thì mới phát hành được.`} />
      <DraftEditor
        kept="advisory.new"
        refusal={refusal('advisory.write')}
        saving={create}
        onSave={save}
      >
        <Button look="quiet" size="large" onClick={() => window.history.back()}>
          {t`Thôi`}
        </Button>
      </DraftEditor>
    </Page>
  )
}
