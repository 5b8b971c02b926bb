package io.talos.container;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** A shipped XML file that is changed at a few points before the tests use it. */
final class Xml {
  private final Document document;

  private Xml(Document document) {
    this.document = document;
  }

  /** Parses; element names are those in the text, without regard to namespaces. */
  static Xml read(InputStream text) throws IOException {
    try {
      var factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      return new Xml(factory.newDocumentBuilder().parse(text));
    } catch (ParserConfigurationException | SAXException failed) {
      throw new IOException("not well-formed", failed);
    }
  }

  /** The only element of this name: with none or two the file is not what the tests know. */
  Element only(String name) {
    var found = document.getElementsByTagName(name);
    if (found.getLength() != 1 || !(found.item(0) instanceof Element element)) {
      throw new IllegalStateException("there are %d <%s>".formatted(found.getLength(), name));
    }
    return element;
  }

  /** Adds an element at the end of {@code parent}. */
  Element add(Element parent, String name, String text) {
    var element = document.createElementNS(parent.getNamespaceURI(), name);
    element.setTextContent(text);
    parent.appendChild(element);
    return element;
  }

  /** Takes an element out. */
  void remove(Node element) {
    element.getParentNode().removeChild(element);
  }

  /** The file's text. */
  String text() {
    var text = new StringWriter();
    try {
      TransformerFactory.newInstance()
          .newTransformer()
          .transform(new DOMSource(document), new StreamResult(text));
    } catch (TransformerException failed) {
      throw new IllegalStateException("a parsed file can be written", failed);
    }
    return text.toString();
  }
}
