/** A browser in which somebody installs the app: it keeps cookies and follows the button. */
export interface Browser {
  /** Opens the page for installing; resolves with where its button leads. */
  open(): Promise<URL>;
  /** Slack leads back with a code. */
  comeBack(query: Readonly<Record<string, string>>): Promise<{ readonly status: number; readonly page: string }>;
  /** All of it: opens the page, allows, and comes back. */
  install(code: string): Promise<{ readonly status: number; readonly page: string }>;
}

export function createBrowser(port: number): Browser {
  const address = (path: string) => `http://127.0.0.1:${port}${path}`;
  let cookie = '';

  async function open(): Promise<URL> {
    const response = await fetch(address('/slack/install'));
    cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
    const page = await response.text();
    return new URL((/href="([^"]*)"/.exec(page)?.[1] ?? '').replaceAll('&amp;', '&'));
  }

  async function comeBack(query: Readonly<Record<string, string>>) {
    const response = await fetch(address(`/slack/oauth_redirect?${new URLSearchParams(query)}`), {
      headers: { cookie },
    });
    return { status: response.status, page: await response.text() };
  }

  return {
    open,
    comeBack,
    async install(code) {
      const state = (await open()).searchParams.get('state') ?? '';
      return comeBack({ code, state });
    },
  };
}
