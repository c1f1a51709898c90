/**
 * `textDocument/signatureHelp` in calls of ops that inherit something; null elsewhere, so that other servers' answers stand.
 */
import {
  MarkupKind,
  type MarkupContent,
  type ParameterInformation,
  type Position,
  type SignatureHelp,
} from 'vscode-languageserver';
import type { SignatureResult } from '../../features/model';
import { maySign, signatureHelp } from '../../features/signatureHelp';
import { contentModified, guard } from '../guard';
import { positionOf, uriOf } from '../params';
import { fromPosition } from '../places';
import { viewDocument, type Session } from '../session';

/** Registers the handler. */
export function registerSignatureHelp(session: Session): void {
  session.connection.onSignatureHelp((params, token) => {
    const uri = uriOf(params);
    const position: Position = positionOf(params);
    return guard<SignatureHelp | null>(session, {
      method: 'textDocument/signatureHelp',
      uri,
      token,
      harmless: null,
      stale: contentModified,
      compute(cancel) {
        const view = viewDocument(session, uri);
        if (!view?.snapshot.settings(view.file).signatureHelpEnabled) return null;
        const offset = fromPosition(view, position);
        if (offset === undefined || !maySign(view.snapshot, view.file, offset)) return null;
        const found = signatureHelp(view.snapshot, view.file, offset, { cancel });
        return found ? toSignatureHelp(session, found) : null;
      },
    });
  });
}

function toSignatureHelp({ client }: Session, found: SignatureResult): SignatureHelp {
  const { label, active } = found;
  const parameters = found.parameters.map(({ span, documentation }): ParameterInformation => ({
    label: client.parameterOffsets ? [span.start, span.end] : label.slice(span.start, span.end),
    ...(documentation !== '' && { documentation: markdown(documentation) }),
  }));
  const signature = { label, documentation: markdown(found.documentation), parameters };
  // One behind the last is none.
  return { signatures: [signature], activeSignature: 0, activeParameter: active ?? parameters.length };
}

function markdown(value: string): MarkupContent {
  return { kind: MarkupKind.Markdown, value };
}
