/**
 * The frame of the layers panel: a page without content, which allows its own script and its own style sheet and nothing
 * else. What is shown comes by messages.
 */
import { env, Uri, type Webview } from 'vscode';

/** The HTML of the page. */
export function layersHtml(webview: Webview, extension: Uri): string {
  const resource = (name: string): string => webview.asWebviewUri(Uri.joinPath(extension, 'dist', name)).toString();
  const nonce = makeNonce();
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}';`;
  return `<!DOCTYPE html>
<html lang="${env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${resource('layers.css')}">
</head>
<body>
<script nonce="${nonce}" src="${resource('layers.js')}"></script>
</body>
</html>
`;
}

function makeNonce(): string {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
