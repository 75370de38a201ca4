import ts from 'typescript';
import type { Snippet } from './readSnippets.ts';

interface Declaration {
  readonly name: string;
  readonly isType: boolean;
  readonly isExported: boolean;
}

interface ImportedName {
  readonly name: string;
  /** What is between `import` and `from` to import this name alone. */
  readonly clause: string;
  readonly module: string;
}

/** The module with the names of the reader's own app, which no page declares. */
export interface OwnApp {
  readonly names: readonly string[];
  readonly module: string;
}

/**
 * Returns a snippet as a module. It can use what the earlier snippets of its page import or declare, and
 * the names of the reader's own app. All that it declares is exported. Lines are added at the end only,
 * so that the line numbers of the snippet are kept.
 * @param moduleOf the module of an earlier snippet, for an import
 */
export function completeSnippet(
  snippet: Snippet,
  earlier: readonly Snippet[],
  ownApp: OwnApp,
  moduleOf: (snippet: Snippet) => string,
): string {
  const file = parse(snippet);
  const declared = declarationsOf(file);
  const own = new Set([...declared, ...importsOf(file)].map(({ name }) => name));
  const known = [
    ...ownApp.names.map((name) => ({ name, clause: `{ ${name} }`, module: ownApp.module })),
    ...earlier.flatMap((each) => namesOf(each, moduleOf(each))),
  ];
  const latest = new Map(known.map((each) => [each.name, each]));
  const imports = [...usedNames(file)].flatMap((name) => {
    const found = own.has(name) ? undefined : latest.get(name);
    return found ? [`import ${found.clause} from '${found.module}';`] : [];
  });
  const exported = declared.filter((each) => !each.isExported).map(bindingOf);
  return [snippet.text, ...imports, `export { ${exported.join(', ')} };`, ''].join('\n');
}

/** Whether a snippet changes the types of a module for the whole program. */
export function augmentsModule(snippet: Snippet): boolean {
  return parse(snippet).statements.some(ts.isModuleDeclaration);
}

function parse({ text, language }: Snippet): ts.SourceFile {
  return ts.createSourceFile(`snippet.${language}`, text, ts.ScriptTarget.Latest, true);
}

/** What a later snippet can use of this one, whose own module is `module`. */
function namesOf(snippet: Snippet, module: string): ImportedName[] {
  const file = parse(snippet);
  const declared = declarationsOf(file).map((each) => ({
    name: each.name,
    clause: `{ ${bindingOf(each)} }`,
    module,
  }));
  return [...importsOf(file), ...declared];
}

function bindingOf({ name, isType }: Declaration): string {
  return isType ? `type ${name}` : name;
}

function declarationsOf(file: ts.SourceFile): Declaration[] {
  return file.statements.flatMap((statement) => {
    const isType = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
    return declaredNames(statement).map((name) => ({
      name,
      isType,
      isExported: ts.canHaveModifiers(statement) && hasExport(statement),
    }));
  });
}

function declaredNames(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => boundNames(name));
  }
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement);
  return isNamed && statement.name ? [statement.name.text] : [];
}

function boundNames(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((each) => (ts.isBindingElement(each) ? boundNames(each.name) : []));
}

function hasExport(statement: ts.HasModifiers): boolean {
  const modifiers = ts.getModifiers(statement) ?? [];
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}

function importsOf(file: ts.SourceFile): ImportedName[] {
  return file.statements.filter(ts.isImportDeclaration).flatMap((statement) => {
    const module = (statement.moduleSpecifier as ts.StringLiteral).text;
    const { name, namedBindings, phaseModifier } = statement.importClause ?? {};
    const keyword = phaseModifier === ts.SyntaxKind.TypeKeyword ? 'type ' : '';
    const imported = (binding: string, clause: string): ImportedName => {
      return { name: binding, clause: keyword + clause, module };
    };
    const names = name ? [imported(name.text, name.text)] : [];
    if (!namedBindings) return names;
    if (ts.isNamespaceImport(namedBindings)) {
      return [...names, imported(namedBindings.name.text, namedBindings.getText())];
    }
    const elements = namedBindings.elements.map((each) =>
      imported(each.name.text, `{ ${each.getText()} }`),
    );
    return [...names, ...elements];
  });
}

/** All identifiers. Some are names of properties, but an import that is not needed does no harm. */
function usedNames(file: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) names.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return names;
}
