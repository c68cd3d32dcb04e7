import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/**
 * Finds what the docstrings of a package leave out: of each class and interface what it is, of each function and method
 * a parameter or the result.
 * @param folder of the type declarations
 * @returns one line for each class, interface, function or method: its file, its name, and the missing parts
 */
export function undocumented(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.d.ts'));
  return files.flatMap((file) => {
    const text = readFileSync(path.join(folder, file), 'utf8');
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    return source.statements.flatMap(declarationsIn).flatMap((node) => {
      const missing = isType(node) ? missingDocstring(node) : missingTags(node);
      return missing.length > 0 ? [`${file}: ${nameOf(node)}: ${missing.join(', ')}`] : [];
    });
  });
}

type Type = ts.ClassDeclaration | ts.InterfaceDeclaration;
type Method = ts.MethodDeclaration | ts.MethodSignature | ts.ConstructorDeclaration;
type Callable = ts.FunctionDeclaration | Method;

/** Methods of Electron's and Node's own objects, which some interfaces describe. Their documents are elsewhere. */
const platformMethods = new Set(['postMessage', 'on', 'off']);

const isType = (node: Type | Callable): node is Type => ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node);

function declarationsIn(statement: ts.Statement): (Type | Callable)[] {
  if (ts.isFunctionDeclaration(statement)) return [statement];
  if (!ts.isClassDeclaration(statement) && !ts.isInterfaceDeclaration(statement)) return [];
  return [statement, ...[...statement.members].filter(isPublicMethod)];
}

/** The package alone constructs its errors, and `Symbol.dispose` does the same everywhere. */
function isPublicMethod(node: ts.ClassElement | ts.TypeElement): node is Method {
  if (ts.isConstructorDeclaration(node)) return isPublic(node) && !node.parent.name?.text.endsWith('Error');
  if (!ts.isMethodDeclaration(node) && !ts.isMethodSignature(node)) return false;
  return isPublic(node) && ts.isIdentifier(node.name) && !platformMethods.has(node.name.text);
}

function isPublic(node: ts.Declaration): boolean {
  return (ts.getCombinedModifierFlags(node) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) === 0;
}

const missingDocstring = (node: Type): string[] => (ts.getJSDocCommentsAndTags(node).length > 0 ? [] : ['docstring']);

function missingTags(node: Callable): string[] {
  const documented = ts.getJSDocTags(node).filter(ts.isJSDocParameterTag);
  const names = new Set(documented.map((tag) => tag.name.getText()));
  // An argument that is taken apart has no name in the declaration: its tag has one.
  const parameters = node.parameters.flatMap(({ name }, index) => {
    if (ts.isIdentifier(name)) return names.has(name.text) ? [] : [`@param ${name.text}`];
    return documented[index] ? [] : ['@param of an argument that is taken apart'];
  });
  const result = node.type?.getText() ?? 'void';
  const hasResult = !ts.isConstructorDeclaration(node) && !['void', 'Promise<void>'].includes(result);
  return hasResult && !ts.getJSDocReturnTag(node) ? [...parameters, '@returns'] : parameters;
}

function nameOf(node: Type | Callable): string {
  const name = node.name?.getText() ?? 'constructor';
  return isType(node) || ts.isFunctionDeclaration(node) ? name : `${(node.parent as Type).name?.text}.${name}`;
}
