import type { CsafPublisher } from './csaf-document.ts'

/** Where the files of the provider are, below the address of the node. */
const root = '/.well-known/csaf'
/** CSAF 2.0 knows TLP:CLEAR by its former name. */
const folder = `${root}/white`
const feedFile = 'csaf-feed-tlp-white.json'

/** One document as lists of the provider name it. */
export interface Listed {
  readonly id: string
  readonly title: string
  readonly summary: string
  /** File name, as CSAF prescribes it. */
  readonly file: string
  readonly published_at: string
  readonly updated_at: string
}

export interface Keyed {
  readonly fingerprint: string
  readonly armoured: string
}

/** The folder of a document is the year it was released in. */
export function yearOf({ published_at }: Pick<Listed, 'published_at'>): string {
  return published_at.slice(0, 4)
}

/** Where a document is, from the address of the node. */
export function documentAddress(base: string, one: Pick<Listed, 'file' | 'published_at'>): string {
  return `${base}${folder}/${yearOf(one)}/${one.file}`
}

function keyAddress(base: string, { fingerprint }: Keyed): string {
  return `${base}${root}/openpgp/${fingerprint}.asc`
}

/** provider-metadata.json (CSAF 2.0, 7.1.7). Who signs what it provides is a trusted provider. */
export function providerMetadata(
  base: string,
  publisher: CsafPublisher,
  key: Keyed | undefined,
  updated: string,
): object {
  const feed = {
    summary: 'TLP:CLEAR (TLP:WHITE)',
    tlp_label: 'WHITE',
    url: `${base}${folder}/${feedFile}`,
  }
  return {
    canonical_url: `${base}${root}/provider-metadata.json`,
    distributions: [{ directory_url: `${base}${folder}/` }, { rolie: { feeds: [feed] } }],
    last_updated: updated,
    list_on_CSAF_aggregators: true,
    metadata_version: '2.0',
    mirror_on_CSAF_aggregators: true,
    public_openpgp_keys: key ? [{ fingerprint: key.fingerprint, url: keyAddress(base, key) }] : [],
    publisher: { category: 'coordinator', ...publisher },
    role: key ? 'csaf_trusted_provider' : 'csaf_provider',
  }
}

/** The ROLIE feed of what is TLP:CLEAR (CSAF 2.0, 7.1.15). */
export function rolieFeed(
  base: string,
  all: readonly Listed[],
  { updated, signed }: { readonly updated: string; readonly signed: boolean },
): object {
  const entry = all.map((one) => {
    const src = documentAddress(base, one)
    return {
      id: one.id,
      title: one.title,
      link: [
        { rel: 'self', href: src },
        { rel: 'hash', href: `${src}.sha256` },
        { rel: 'hash', href: `${src}.sha512` },
        ...(signed ? [{ rel: 'signature', href: `${src}.asc` }] : []),
      ],
      published: one.published_at,
      updated: one.updated_at,
      summary: { content: one.summary },
      content: { type: 'application/json', src },
      format: {
        schema: 'https://docs.oasis-open.org/csaf/csaf/v2.0/csaf_json_schema.json',
        version: '2.0',
      },
    }
  })
  return {
    feed: {
      id: 'csaf-feed-tlp-white',
      title: 'TLP:CLEAR (TLP:WHITE)',
      link: [{ rel: 'self', href: `${base}${folder}/${feedFile}` }],
      category: [{ scheme: 'urn:ietf:params:rolie:category:information-type', term: 'csaf' }],
      updated,
      entry,
    },
  }
}

/** index.txt: every document, one a line (7.1.12). */
export function indexText(all: readonly Listed[]): string {
  return all.map((one) => `${yearOf(one)}/${one.file}\n`).join('')
}

/** changes.csv: every document and when it changed last, newest first (7.1.13). */
export function changesText(all: readonly Listed[]): string {
  return all
    .toSorted((a, b) => b.updated_at.localeCompare(a.updated_at))
    .map((one) => `"${yearOf(one)}/${one.file}","${one.updated_at}"\n`)
    .join('')
}
