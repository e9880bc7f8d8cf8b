pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQml.Models
import HyperSpot.ViewModels
import hyperspot.blocks
import hyperspot.components
import hyperspot.theme

// The messages: one flat list of blocks, so that a long chat costs as much as what is seen of it.
ListView {
    id: root

    required property ChatViewModel viewModel
    property bool following: true
    property int editingRow: -1
    property int shownRow: -1

    readonly property real columnWidth: Math.min(Theme.readingWidth, width - Theme.gap4)
    readonly property real columnX: Math.max(Theme.gap2, Math.round((width - columnWidth) / 2))

    // Of the citation that is looked at; its card is marked.
    property string currentAddress: ""

    signal linkOpened(string address)
    signal linkPointed(string address, point place)
    signal fileWanted(string path)
    signal folderWanted(string path)
    signal explanationWanted(string messageId)
    // What is drawn stands somewhere else now.
    signal moved

    function toEnd(): void {
        following = true;
        positionViewAtEnd();
    }

    function toPlace(row: int, above: real): void {
        following = false;
        positionViewAtIndex(row, ListView.Beginning);
        scrollBy(above);
    }
    function follow(): void {
        if (following)
            positionViewAtEnd();
    }
    function notePlace(): void {
        const row = following || atYEnd ? -1 : indexAt(0, Math.max(originY, contentY));
        const item = row < 0 ? null : itemAtIndex(row);
        viewModel.notePlace(item === null ? -1 : row, item === null ? 0 : contentY - item.y);
    }

    model: viewModel.rows
    clip: true
    reuseItems: true
    cacheBuffer: 600
    boundsBehavior: Flickable.StopAtBounds
    flickableDirection: Flickable.VerticalFlick
    leftMargin: columnX
    topMargin: Theme.gap3
    bottomMargin: Theme.gap4
    activeFocusOnTab: true
    keyNavigationEnabled: false
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Messages")

    ScrollBar.vertical: ScrollLine {}

    onColumnXChanged: contentX = -columnX
    onContentHeightChanged: if (following) Qt.callLater(follow)
    onHeightChanged: if (following) Qt.callLater(follow)
    onMovementStarted: following = false
    onMovementEnded: following = atYEnd
    onContentYChanged: {
        moved();
        settled.restart();
        if (atYEnd)
            following = true;
        if (contentY - originY < 600 && viewModel.hasEarlier)
            viewModel.loadEarlier();
    }
    Keys.onUpPressed: scrollBy(-60)
    Keys.onDownPressed: scrollBy(60)
    Keys.onPressed: event => {
        if (event.key === Qt.Key_PageUp)
            scrollBy(-height * 0.9);
        else if (event.key === Qt.Key_PageDown)
            scrollBy(height * 0.9);
        else if (event.key === Qt.Key_Home)
            scrollBy(-1e9);
        else if (event.key === Qt.Key_End)
            toEnd();
        else
            return;
        event.accepted = true;
    }

    function scrollBy(pixels: real): void {
        following = false;
        const top = originY - topMargin;
        const bottom = Math.max(top, originY + contentHeight - height + bottomMargin);
        contentY = Math.max(top, Math.min(bottom, contentY + pixels));
    }

    // Where it is read on from after the next start.
    Timer {
        id: settled

        interval: 400
        onTriggered: root.notePlace()
    }
    WheelHandler {
        acceptedDevices: PointerDevice.Mouse | PointerDevice.TouchPad
        onWheel: event => {
            const pixels = event.pixelDelta.y !== 0 ? event.pixelDelta.y : event.angleDelta.y * 0.8;
            root.scrollBy(-pixels);
        }
    }
    FocusRing {
        anchors.margins: 1
        radius: Theme.radiusRow
        shown: root.activeFocus
        z: 2
    }

    delegate: DelegateChooser {
        role: "kind"

        DelegateChoice {
            roleValue: "user"

            UserBlock {
                id: userBlock

                required property string messageId
                required property int index

                width: root.columnWidth
                busy: root.viewModel.answering
                editing: root.editingRow === index
                onEditingChanged: if (!editing && root.editingRow === index) root.editingRow = -1
                onEditRequested: {
                    fullText = root.viewModel.messageText(messageId);
                    root.editingRow = index;
                }
                onEdited: text => root.viewModel.edit(messageId, text)
                onCopied: root.viewModel.copyMessage(messageId)
                onDeleted: root.viewModel.deleteMessage(messageId)
                onSwitched: step => root.viewModel.switchBranch(messageId, step)
            }
        }
        DelegateChoice {
            roleValue: "deleted"

            DeletedBlock {
                required property string messageId

                width: root.columnWidth
                onRestored: root.viewModel.restoreMessage(messageId)
            }
        }
        DelegateChoice {
            roleValue: "code"

            CodeBlock {
                required property int index

                width: root.columnWidth
                onCopied: root.viewModel.copyCode(index)
            }
        }
        DelegateChoice {
            roleValue: "table"

            TableBlock {
                width: root.columnWidth
                onLinkOpened: address => root.linkOpened(address)
                onLinkPointed: (address, place) => root.linkPointed(address, place)
            }
        }
        DelegateChoice {
            roleValue: "math"

            MathBlock {
                width: root.columnWidth
            }
        }
        DelegateChoice {
            roleValue: "rule"

            Item {
                width: root.columnWidth
                height: Theme.gap5

                Rectangle {
                    y: Theme.gap2
                    width: parent.width
                    height: 1
                    color: Theme.line
                }
            }
        }
        DelegateChoice {
            roleValue: "thinking"

            ThinkingBlock {
                width: root.columnWidth
            }
        }
        DelegateChoice {
            roleValue: "sources"

            SourcesBlock {
                width: root.columnWidth
                currentAddress: root.currentAddress
                onChosen: address => root.linkOpened(address)
                onFileWanted: path => root.fileWanted(path)
                onFolderWanted: path => root.folderWanted(path)
            }
        }
        DelegateChoice {
            roleValue: "footer"

            FooterBlock {
                required property string messageId

                width: root.columnWidth
                busy: root.viewModel.answering
                showStats: root.viewModel.showStats
                onCopied: root.viewModel.copyMessage(messageId)
                onRegenerated: root.viewModel.regenerate(messageId)
                onDeleted: root.viewModel.deleteMessage(messageId)
                onContinued: root.viewModel.continueAnswer(messageId)
                onExplained: root.explanationWanted(messageId)
                onSwitched: step => root.viewModel.switchBranch(messageId, step)
            }
        }
        DelegateChoice {
            TextBlock {
                width: root.columnWidth
                onLinkOpened: address => root.linkOpened(address)
                onLinkPointed: (address, place) => root.linkPointed(address, place)
            }
        }
    }
}
